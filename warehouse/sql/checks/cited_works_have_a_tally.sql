-- Each cited DOI has a row in the tally, and a row for each source that a run asked about it.
-- Level: fail
select
    cited_doi.doi,
    'mart.tally' as missing_in
from core.cited_doi as cited_doi
inner join core.work as work on cited_doi.work_id = work.work_id
anti join mart.tally as tally on work.doi = tally.cited_doi
union all
select
    run_doi.doi,
    'core.source_count: ' || run_doi.run_id || ', ' || source.source as missing_in
from staging.run_doi as run_doi
inner join core.source as source on list_contains(run_doi.sources, source.source)
anti join core.source_count as source_count
    on
        run_doi.doi = source_count.cited_doi
        and run_doi.run_id = source_count.run_id
        and source.source = source_count.source
