-- The open full texts of the citing works of some cited DOIs, as the newest records tell of them.
-- Grain: source, text. Reads: wanted (cited DOIs), core.cited_doi, core.citation,
-- staging.record_work, staging.work_record
with citing as (
    select distinct citation.citing_work_id as work_id
    from core.citation as citation
    inner join core.cited_doi as cited_doi on citation.cited_work_id = cited_doi.work_id
    semi join wanted on cited_doi.doi = wanted.doi
)

select
    record.source,
    record.full_text_id as text,
    max(record.full_text_date) as received_on
from staging.work_record as record
inner join staging.record_work as record_work
    on record.source = record_work.source and record.record_key = record_work.record_key
semi join citing on record_work.work_id = citing.work_id
where record.full_text_id is not null
group by
    record.source,
    record.full_text_id
order by
    record.source,
    record.full_text_id
