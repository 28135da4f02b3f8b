-- What has changed in the shapes of the sources' answers, over all runs.
-- Grain: one row a source, endpoint, kind and name. No parameters.
-- Reads: core.source_drift
select
    source,
    endpoint,
    kind,
    name,
    arg_max(record_count, run_id) as record_count,
    arg_max(sampled_record_count, run_id) as sampled_record_count,
    min(run_id) as first_run,
    max(run_id) as last_run,
    arg_max(request_key, run_id) as request_key
from core.source_drift
group by
    source,
    endpoint,
    kind,
    name
order by
    source,
    endpoint,
    kind,
    name
