-- What cites a work, by type.
-- Grain: as of mart.citations_by_type, one cited work. Parameter: $doi, as in mart.tally.
-- Reads: mart.citations_by_type
select * exclude (cited_doi) -- noqa: AM04
from mart.citations_by_type
where cited_doi = $doi
order by publication_type
