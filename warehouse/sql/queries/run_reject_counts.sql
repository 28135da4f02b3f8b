-- Rejected records of one run by their first reason, most frequent first.
-- Grain: one row a source and reason. Parameter: $run_id.
-- Reads: core.reject
select
    source,
    concat_ws(': ', errors ->> '$[0].field', errors ->> '$[0].message') as reason,
    count(*) as record_count
from core.reject
where run_id = $run_id
group by all
order by
    record_count desc,
    source asc,
    reason asc
