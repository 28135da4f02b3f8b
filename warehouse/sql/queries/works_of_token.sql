-- The work that an identifier names, with its version group and both counts of what cites it.
-- Grain: one row, or none. Parameter: $named.
-- Reads: staging.token_work, core.version_group, core.work, mart.tally
select
    token_work.work_id,
    work.title,
    version_group.version_group_id,
    tally.citing_work_count,
    tally.citing_group_count
from staging.token_work as token_work
inner join core.work as work on token_work.work_id = work.work_id
inner join core.version_group as version_group on token_work.work_id = version_group.work_id
left join mart.tally as tally on work.doi = tally.cited_doi
where token_work.token = $named -- noqa: RF02
