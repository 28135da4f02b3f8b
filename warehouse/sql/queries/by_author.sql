-- What cites a work, by author.
-- Grain: as of mart.citations_by_author, one cited work. Parameter: $doi, as in mart.tally.
-- Reads: mart.citations_by_author
select * exclude (cited_doi) -- noqa: AM04
from mart.citations_by_author
where cited_doi = $doi
order by citing_work_count desc, author_key asc
