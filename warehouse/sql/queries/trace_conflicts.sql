-- Identifiers of a work that some record puts together with others and that were kept apart.
-- Grain: one row a conflict. Parameter: $work_id.
-- Reads: core.identity_conflict, staging.token_work
select distinct
    conflict.token_a,
    conflict.token_b,
    conflict.source,
    conflict.record_key,
    conflict.reason
from core.identity_conflict as conflict
inner join staging.token_work as token_work
    on token_work.token in (conflict.token_a, conflict.token_b)
where token_work.work_id = $work_id
order by all
