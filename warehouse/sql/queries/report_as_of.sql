-- The newest run of the warehouse.
-- Grain: at most one row.
-- Reads: core.run
select
    run.run_id,
    run.finished_at
from core.run as run
order by run.run_id desc
limit 1
