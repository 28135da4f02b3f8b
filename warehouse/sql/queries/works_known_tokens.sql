-- Which of some identifiers the warehouse has met.
-- Grain: one row an identifier. Parameter: $tokens.
-- Reads: staging.token_work
select token_work.token
from staging.token_work as token_work
where list_contains($tokens, token_work.token)
order by token_work.token
