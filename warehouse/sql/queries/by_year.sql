-- What cites a work, by year.
-- Grain: as of mart.citations_by_year, one cited work. Parameter: $doi, as in mart.tally.
-- Reads: mart.citations_by_year
select * exclude (cited_doi) -- noqa: AM04
from mart.citations_by_year
where cited_doi = $doi
order by citing_year nulls last
