-- How what the sources declare of a work is explained.
-- Grain: as of mart.ledger, ordered by all columns.
-- Parameter: $doi, as in mart.tally.
-- Reads: mart.ledger
select held.* -- noqa: AM04
from mart.ledger as held
where held.cited_doi = $doi
order by all
