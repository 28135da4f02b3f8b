-- The cited DOIs of one run with what is published of them.
-- Grain: one row a cited DOI, ordered by it. Parameter: $run_id.
-- Reads: core.source_count, core.cited_doi, core.work, mart.tally
select
    cited.doi as cited_doi,
    cited.requested_as,
    work.title,
    coalesce(tally.state, 'failed') as state,
    tally.citing_work_count,
    tally.citing_group_count
from core.cited_doi as cited
left join core.work as work on cited.work_id = work.work_id
left join mart.tally as tally on coalesce(work.doi, cited.doi) = tally.cited_doi
where cited.last_run_id = $run_id
order by cited.doi
