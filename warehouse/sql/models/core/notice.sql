-- Editorial notices on works, each once, however many sources and asserters repeat it: the
-- publisher's word before others, then core.field_precedence, then record_key.
-- Grain: work_id, type, notice_doi.
-- Reads: staging.work_record, staging.record_work, core.field_precedence
with noted as (
    select
        record_work.work_id,
        record.source,
        record.record_key,
        unnest(record.notices) as notice
    from staging.work_record as record
    inner join staging.record_work as record_work
        on record.source = record_work.source and record.record_key = record_work.record_key
),

notice as (
    select
        noted.work_id,
        lower(noted.notice.type) as type,
        lower(noted.notice.doi) as notice_doi,
        noted.notice.date as notice_date,
        noted.notice.asserted_by,
        noted.source,
        noted.record_key,
        coalesce(precedence.rank, 1000) as source_rank
    from noted
    left join core.field_precedence as precedence
        on noted.source = precedence.source and precedence.field = 'notice'
)

select
    work_id,
    type,
    notice_doi,
    -- the first of them to give a date
    coalesce(notice_date, min(notice_date) over same_notice) as notice_date,
    asserted_by,
    source
from notice
window same_notice as (partition by work_id, type, notice_doi)
qualify
    row_number() over (
        partition by work_id, type, notice_doi
        order by
            asserted_by = 'publisher' desc,
            source_rank asc,
            asserted_by asc,
            record_key asc,
            notice_date asc
    ) = 1
