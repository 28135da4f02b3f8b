-- The open full texts of citing works: what came of asking for them. A text that was once received
-- stays, also if later answers bring none. One that calls itself by a name of another work is not
-- this work's, whatever the source says: nobody's sentences are given to somebody else.
-- Grain: work_id.
-- Reads: staging.answer, staging.full_text_record, staging.reject_record, staging.token_work
with answered as (
    select
        source,
        subjects[1] as full_text_id,
        outcome,
        error,
        fetched_at,
        run_id,
        request_key,
        raw_sha256
    from staging.answer
    where role = 'full_text' and len(subjects) = 1
    qualify
        row_number() over (
            partition by source, subjects[1]
            order by
                outcome in ('ok', 'not_found', 'client') desc,
                run_id desc,
                fetched_at desc,
                request_key asc
        ) = 1
),

told as (
    select
        answered.source,
        answered.full_text_id,
        case
            when record.record_key is not null then 'read'
            when answered.outcome = 'ok' then 'rejected'
            when answered.outcome = 'not_found' then 'not_open'
            else 'failed'
        end as outcome,
        case
            when record.record_key is not null then null
            when answered.outcome = 'ok'
                then json_extract_string(reject.errors, '$[0].message')
            when answered.outcome <> 'not_found' then answered.error
        end as why,
        record.article_type,
        record.language,
        record.licence,
        record.reference_count,
        record.citation_count,
        coalesce(record.fetched_at, answered.fetched_at) as fetched_at,
        coalesce(record.run_id, answered.run_id) as run_id,
        coalesce(record.request_key, answered.request_key) as request_key,
        coalesce(record.raw_sha256, answered.raw_sha256) as raw_sha256
    from answered
    left join staging.full_text_record as record
        on
            answered.source = record.source
            and answered.full_text_id = record.record_key
    left join staging.reject_record as reject
        on
            answered.run_id = reject.run_id
            and answered.source = reject.source
            and answered.request_key = reject.request_key
),

-- names that an article gives itself, and that are known as another work's
of_another as (
    select
        named.source,
        named.full_text_id,
        min(named.token) as token
    from (
        select
            record.source,
            record.record_key as full_text_id,
            unnest(record.tokens) as token
        from staging.full_text_record as record
    ) as named
    inner join staging.token_work as own on named.full_text_id = own.token
    inner join staging.token_work as other on named.token = other.token
    where own.work_id <> other.work_id
    group by
        named.source,
        named.full_text_id
)

select
    token_work.work_id,
    told.* exclude (outcome, why), -- noqa: AM04
    case when of_another.token is not null then 'rejected' else told.outcome end as outcome,
    case
        when of_another.token is not null
            then 'the article calls itself ' || of_another.token || ', another work'
        else told.why
    end as why
from told
inner join staging.token_work as token_work on told.full_text_id = token_work.token
left join of_another
    on told.source = of_another.source and told.full_text_id = of_another.full_text_id
qualify
    row_number() over (
        partition by token_work.work_id
        order by
            told.outcome = 'read' and of_another.token is null desc,
            told.fetched_at desc,
            told.full_text_id asc
    ) = 1
