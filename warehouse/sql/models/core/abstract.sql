-- The abstracts of the works that were asked about, as far as a licence lets anyone show them.
-- Grain: work_id.
-- Reads: staging.abstract_choice, staging.work_record
select
    choice.work_id,
    record.abstract as text,
    choice.source,
    choice.licence
from staging.abstract_choice as choice
inner join staging.work_record as record
    on choice.source = record.source and choice.record_key = record.record_key
where choice.is_open
