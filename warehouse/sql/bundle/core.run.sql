-- The newest run of the warehouse.
-- Grain: at most one row.
-- Reads: core.run
select held.* -- noqa: AM04
from core.run as held
order by held.run_id desc
limit 1
