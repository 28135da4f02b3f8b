-- Versions of one work; a work without other versions is its own group.
-- Grain: work_id.
-- Reads: core.work, staging.work_group
select
    work.work_id,
    coalesce(work_group.version_group_id, work.work_id) as version_group_id,
    coalesce(work_group.is_preprint, false)
    or coalesce(work.publication_type = 'preprint', false) as is_preprint
from core.work as work
left join staging.work_group as work_group on work.work_id = work_group.work_id
