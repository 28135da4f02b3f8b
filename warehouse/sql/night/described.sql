-- Which citing works of which cited DOIs a source has described since a moment, or said that it
-- has not: a night need not ask about these again.
-- Grain: work_id, source. Parameter: $since.
-- Reads: staging.work_record, staging.record_work, staging.answer, staging.token_work,
--        core.citation
create or replace temp table described as
with subject as (
    select
        source,
        unnest(subjects) as named
    from staging.answer
    where role = 'work' and outcome in ('ok', 'not_found') and fetched_at >= $since
),

asked as (
    select
        subject.source,
        token_work.work_id
    from subject
    inner join staging.token_work as token_work
        on
            token_work.token
            = case
                when starts_with(subject.named, '10.') then 'doi:' || subject.named
                else subject.named
            end
),

told as (
    select
        record.source,
        record_work.work_id
    from staging.work_record as record
    inner join staging.record_work as record_work
        on record.source = record_work.source and record.record_key = record_work.record_key
    where record.last_seen >= $since
)

select
    either.work_id,
    either.source
from (
    select
        source,
        work_id
    from asked
    union
    select
        source,
        work_id
    from told
) as either
where
    exists (
        select 1
        from core.citation as citation
        where citation.citing_work_id = either.work_id
    )
