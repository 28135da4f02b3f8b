-- What each source said of each cited DOI in one run.
-- Grain: one row a cited DOI and source. Parameter: $run_id.
-- Reads: core.source_count
select
    cited_doi,
    source,
    state,
    declared_count,
    stored_count,
    cause
from core.source_count
where run_id = $run_id
order by cited_doi, source
