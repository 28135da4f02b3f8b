-- Every type that a source gave a work.
-- Grain: source, record_key.
-- Reads: staging.work_record, staging.record_work
select
    record_work.work_id,
    record.source,
    record.record_key,
    record.raw_type,
    record.publication_type,
    record.type_rule
from staging.work_record as record
inner join staging.record_work as record_work
    on record.source = record_work.source and record.record_key = record_work.record_key
