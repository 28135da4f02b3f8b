-- What was kept apart from a work.
-- Grain: one row a conflict. Parameter: $work_id.
-- Reads: core.identity_conflict, staging.token_work
select distinct
    apart.token_a,
    apart.token_b,
    apart.source,
    apart.record_key,
    apart.reason
from core.identity_conflict as apart
inner join staging.token_work as token_work
    on apart.token_a = token_work.token or apart.token_b = token_work.token
where token_work.work_id = $work_id
order by
    apart.token_a,
    apart.token_b,
    apart.reason,
    apart.source,
    apart.record_key
