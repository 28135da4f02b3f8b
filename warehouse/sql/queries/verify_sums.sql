-- Law 2 in numbers.
-- Grain: one row a run and source, in this order.
-- Reads: core.run_source
select
    run_id,
    source,
    received,
    loaded,
    duplicate,
    rejected,
    absent
from core.run_source
order by
    run_id,
    source
