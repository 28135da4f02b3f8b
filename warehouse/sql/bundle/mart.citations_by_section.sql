-- The statements about a work by section.
-- Grain: as of mart.citations_by_section, ordered by all columns.
-- Parameter: $doi, as in mart.tally.
-- Reads: mart.citations_by_section
select held.* -- noqa: AM04
from mart.citations_by_section as held
where held.cited_doi = $doi
order by all
