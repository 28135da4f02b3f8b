-- The identifiers of a work, strongest scheme by its name.
-- Grain: one row an identifier. Parameter: $work_id.
-- Reads: staging.token_work
select token_work.token
from staging.token_work as token_work
where token_work.work_id = $work_id
order by token_work.token
