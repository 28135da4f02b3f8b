-- The abstracts of the works that were asked about that no licence lets anyone show. Private: the
-- text is that of others, and nothing of core, mart or the reports reads this table.
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
where not choice.is_open
