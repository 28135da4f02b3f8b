-- Replace the items without content of the answers that were taken.

delete from staging.absent_record
using taken
where
    absent_record.run_id = taken.run_id
    and absent_record.source = taken.source
    and absent_record.request_key = taken.request_key;

insert into staging.absent_record by name
-- distinct: two folders may hold the same answer
select distinct
    incoming.run_id,
    incoming.source,
    incoming.request_key,
    incoming.record_index,
    incoming.raw_sha256,
    incoming.fetched_at,
    incoming.subject,
    incoming.cause
from incoming_absent as incoming
inner join taken
    on
        incoming.run_id = taken.run_id
        and incoming.source = taken.source
        and incoming.request_key = taken.request_key
        and incoming.raw_sha256 = taken.raw_sha256;
