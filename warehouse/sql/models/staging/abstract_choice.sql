-- Which record gives the abstract of a work that was asked about, and whether the licence of the
-- work lets anyone show it. The first source in core.field_precedence that has an abstract, then
-- the smallest record_key.
-- Grain: work_id.
-- Reads: staging.work_record, staging.record_work, core.cited_doi, core.work,
--        core.field_precedence
with cited as (
    select distinct work_id
    from core.cited_doi
),

known as (
    select
        record_work.work_id,
        record.source,
        record.record_key,
        row_number() over (
            partition by record_work.work_id
            order by
                precedence.rank asc nulls last,
                record.record_key asc,
                record.source asc
        ) as place
    from staging.work_record as record
    inner join staging.record_work as record_work
        on record.source = record_work.source and record.record_key = record_work.record_key
    inner join cited on record_work.work_id = cited.work_id
    left join core.field_precedence as precedence
        on record.source = precedence.source and precedence.field = 'abstract'
    where record.abstract is not null
)

select
    known.work_id,
    known.source,
    known.record_key,
    work.licence,
    core.is_open_licence(work.licence) as is_open
from known
left join core.work as work on known.work_id = work.work_id
where known.place = 1
