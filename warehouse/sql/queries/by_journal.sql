-- What cites a work, by journal.
-- Grain: as of mart.citations_by_journal, one cited work. Parameter: $doi, as in mart.tally.
-- Reads: mart.citations_by_journal
select * exclude (cited_doi) -- noqa: AM04
from mart.citations_by_journal
where cited_doi = $doi
order by citing_work_count desc, issn_l asc nulls last, container_title asc nulls last
