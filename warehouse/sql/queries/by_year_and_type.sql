-- What cites a work, by year and type.
-- Grain: as of mart.citations_by_year_and_type, one cited work. Parameter: $doi, as in mart.tally.
-- Reads: mart.citations_by_year_and_type
select * exclude (cited_doi) -- noqa: AM04
from mart.citations_by_year_and_type
where cited_doi = $doi
order by citing_year nulls last, publication_type
