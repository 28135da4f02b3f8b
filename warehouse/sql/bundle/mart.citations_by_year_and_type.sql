-- The works that cite a work by year and type.
-- Grain: as of mart.citations_by_year_and_type, ordered by all columns.
-- Parameter: $doi, as in mart.tally.
-- Reads: mart.citations_by_year_and_type
select held.* -- noqa: AM04
from mart.citations_by_year_and_type as held
where held.cited_doi = $doi
order by all
