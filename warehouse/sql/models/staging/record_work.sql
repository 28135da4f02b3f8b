-- Which work a staged work record describes: the one that its strongest identifier names.
-- Grain: source, record_key.
-- Reads: staging.work_record, staging.token_work
select
    record.source,
    record.record_key,
    coalesce(token_work.work_id, record.tokens[1]) as work_id
from staging.work_record as record
left join staging.token_work as token_work on record.tokens[1] = token_work.token
