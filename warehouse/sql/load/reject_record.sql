-- Replace the rejected records of the answers that were taken.

delete from staging.reject_record
using taken
where
    reject_record.run_id = taken.run_id
    and reject_record.source = taken.source
    and reject_record.request_key = taken.request_key;

insert into staging.reject_record by name
-- distinct: two folders may hold the same answer
select distinct
    incoming.run_id,
    incoming.source,
    incoming.request_key,
    incoming.record_index,
    incoming.raw_sha256,
    incoming.fetched_at,
    incoming.errors
from incoming_reject as incoming
inner join taken
    on
        incoming.run_id = taken.run_id
        and incoming.source = taken.source
        and incoming.request_key = taken.request_key
        and incoming.raw_sha256 = taken.raw_sha256;
