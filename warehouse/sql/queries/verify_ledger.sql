-- How many rows of the ledger state a residual.
-- Grain: one row.
-- Reads: mart.ledger
select count(*) as row_count
from mart.ledger
where unexplained_count is not null
