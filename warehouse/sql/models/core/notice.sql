-- Editorial notices on works, each once, however many sources and asserters repeat it: the
-- publisher's word before others, then core.field_precedence, then record_key. A bare flag
-- "retracted" (OpenAlex, Europe PMC) is a row of its own, without DOI, where no notice says it;
-- else its source is one more that says the same.
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

-- as in staging.work_choice
retracting as (
    select distinct noted.work_id
    from noted
    where lower(noted.notice.type) in ('retraction', 'removal', 'withdrawal')
),

mark as (
    select
        record_work.work_id,
        record.source,
        record.record_key
    from staging.work_record as record
    inner join staging.record_work as record_work
        on record.source = record_work.source and record.record_key = record_work.record_key
    where record.is_retracted
),

marking as (
    select
        work_id,
        list(distinct source) as sources
    from mark
    group by work_id
),

flagged as (
    select mark.*
    from mark
    anti join retracting on mark.work_id = retracting.work_id
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
    union all
    select
        flagged.work_id,
        'retraction' as type,
        cast(null as varchar) as notice_doi,
        cast(null as varchar) as notice_date,
        flagged.source as asserted_by,
        flagged.source,
        flagged.record_key,
        coalesce(precedence.rank, 1000) as source_rank
    from flagged
    left join core.field_precedence as precedence
        on flagged.source = precedence.source and precedence.field = 'notice'
)

select
    notice.work_id,
    notice.type,
    notice.notice_doi,
    -- the first of them to give a date
    coalesce(notice.notice_date, min(notice.notice_date) over same_notice) as notice_date,
    notice.asserted_by,
    notice.source,
    list_sort(list_distinct(
        list(notice.source) over same_notice
        || case
            when notice.type in ('retraction', 'removal', 'withdrawal')
                then coalesce(marking.sources, [])
            else []
        end
    )) as sources
from notice
left join marking on notice.work_id = marking.work_id
window same_notice as (partition by notice.work_id, notice.type, notice.notice_doi)
qualify
    row_number() over (
        partition by notice.work_id, notice.type, notice.notice_doi
        order by
            notice.asserted_by = 'publisher' desc,
            notice.source_rank asc,
            notice.asserted_by asc,
            notice.record_key asc,
            notice.notice_date asc
    ) = 1
