-- Replace the drift that was found in one run.

delete from core.source_drift
using incoming_drift_run as incoming
where source_drift.run_id = incoming.run_id;

insert into core.source_drift by name
select
    run_id,
    source,
    endpoint,
    kind,
    name,
    record_count,
    sampled_record_count,
    request_key
from incoming_drift
order by all;
