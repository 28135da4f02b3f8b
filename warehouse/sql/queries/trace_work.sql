-- The work that an identifier names, with what its aggregates are made of.
-- Grain: at most one row. Parameter: $name, scheme:value.
-- Reads: staging.token_work, core.work, staging.work_group
select
    token_work.work_id,
    described.doi,
    described.title,
    described.published_year,
    described.publication_type,
    described.is_retracted,
    work_group.version_group_id
from staging.token_work as token_work
left join core.work as described on token_work.work_id = described.work_id
left join staging.work_group as work_group on token_work.work_id = work_group.work_id
where token_work.token = $name
