-- Rejected records of one run, the first $row_limit of them.
-- Grain: one row a rejected record. Parameters: $run_id, $row_limit.
-- Reads: core.reject
select
    source,
    request_key,
    record_index,
    errors,
    raw_sha256
from core.reject
where run_id = $run_id
order by source, request_key, record_index
limit $row_limit
