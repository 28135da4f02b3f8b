-- The DOIs under which a work was asked about.
-- Grain: as of core.cited_doi, ordered by all columns. Parameters: $work_id, $doi.
-- Reads: core.cited_doi
select held.* -- noqa: AM04
from core.cited_doi as held
where held.work_id = $work_id or held.doi = $doi
order by all
