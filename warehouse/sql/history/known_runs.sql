-- The runs that a publication has taken in. Grain: run_id.
-- Reads: history.publication_run
select run_id
from history.publication_run
