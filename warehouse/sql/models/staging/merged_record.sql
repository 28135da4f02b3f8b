-- A source that is asked for one DOI alone may answer with the record of another work: it has
-- merged the two (OpenAlex: a preprint into its article). Its list of citing works is then the
-- list of both, and nobody can tell which of them cite the DOI that was asked about: they count
-- for the work that the record describes. Not where the source has a record of the DOI's own.
-- Grain: source, record_key, work_id.
-- Reads: staging.answer, staging.sighting, staging.record_work, core.cited_doi
with single as (
    select
        answer.run_id,
        answer.source,
        answer.request_key,
        cited_doi.work_id
    from staging.answer as answer
    inner join core.cited_doi as cited_doi on answer.subjects[1] = cited_doi.doi
    where
        answer.role = 'work'
        and answer.outcome = 'ok'
        and len(answer.subjects) = 1
)

select distinct
    single.source,
    sighting.record_key,
    single.work_id,
    record_work.work_id as described_work_id
from single
inner join staging.sighting as sighting
    on
        single.run_id = sighting.run_id
        and single.source = sighting.source
        and single.request_key = sighting.request_key
inner join staging.record_work as record_work
    on sighting.source = record_work.source and sighting.record_key = record_work.record_key
anti join staging.record_work as own
    on single.source = own.source and single.work_id = own.work_id
where sighting.kind = 'work'
