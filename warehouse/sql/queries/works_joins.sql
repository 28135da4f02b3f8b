-- Who put the identifiers of a work together.
-- Grain: one row a join. Parameter: $work_id.
-- Reads: core.merge_log
select
    merge_log.token_a,
    merge_log.token_b,
    merge_log.source,
    merge_log.record_key,
    merge_log.decided_by
from core.merge_log as merge_log
where merge_log.work_id = $work_id
order by
    merge_log.token_a,
    merge_log.token_b
