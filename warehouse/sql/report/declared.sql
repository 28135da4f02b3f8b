-- How often the citing works are cited themselves, as the source says that knows of most.
-- Grain: one row a citing work of which a source says so.
-- Reads: staging.record_work, staging.work_record, and the temporary citing
create or replace temp table declared as
select
    record_work.work_id as citing_work_id,
    max(record.cited_by_count) as cited_by_count
from staging.record_work as record_work
semi join citing on record_work.work_id = citing.citing_work_id
inner join staging.work_record as record
    on record_work.source = record.source and record_work.record_key = record.record_key
where record.cited_by_count is not null
group by record_work.work_id
