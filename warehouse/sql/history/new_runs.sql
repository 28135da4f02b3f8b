-- The runs that are loaded and that no publication has taken in. Grain: run_id.
-- Reads: core.run, history.publication_run
select run.run_id
from core.run as run
left join history.publication_run as known on run.run_id = known.run_id
where known.run_id is null
order by run.run_id
