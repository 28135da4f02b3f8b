-- The tally of a work.
-- Grain: as of mart.tally, ordered by all columns.
-- Parameter: $doi, as in mart.tally.
-- Reads: mart.tally
select held.* -- noqa: AM04
from mart.tally as held
where held.cited_doi = $doi
order by all
