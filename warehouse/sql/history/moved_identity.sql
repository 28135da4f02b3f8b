-- Identifiers that this publication has carried from one work to another: works that have become
-- one, or two.
-- Grain: old_work_id, new_work_id. Parameter: $publication_no.
-- Reads: history.core_work_identifier, core.work_identifier
create or replace temp table moved_identity as
select distinct
    gone.work_id as old_work_id,
    come.work_id as new_work_id,
    not exists (
        select 1
        from core.work_identifier as still
        where still.work_id = gone.work_id
    ) as is_merged
from history.core_work_identifier as gone
inner join history.core_work_identifier as come
    on
        gone.publication_no = come.publication_no
        and gone.scheme = come.scheme
        and gone.value = come.value
        and gone.work_id <> come.work_id
where
    gone.publication_no = $publication_no
    and not gone.is_added
    and come.is_added;
