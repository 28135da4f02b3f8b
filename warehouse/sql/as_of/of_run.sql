-- The publication that first held a run. Grain: at most one row. Parameter: $run_id.
-- Reads: history.publication_run
select publication_no
from published.history.publication_run
where run_id = $run_id
