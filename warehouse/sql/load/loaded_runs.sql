-- The runs that were loaded after they had ended. Grain: one row a run.
-- Reads: core.run
select run_id
from core.run
where finished_at is not null
