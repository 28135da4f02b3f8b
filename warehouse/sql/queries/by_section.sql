-- What cites a work, by section.
-- Grain: as of mart.citations_by_section, one cited work. Parameter: $doi, as in mart.tally.
-- Reads: mart.citations_by_section
select * exclude (cited_doi) -- noqa: AM04
from mart.citations_by_section
where cited_doi = $doi
order by section
