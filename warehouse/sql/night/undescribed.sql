-- Citing works that a source could not be asked about, and has told nothing of since; or whose
-- text it could not be asked for, or is gone from the archive while it is needed.
-- Grain: doi (of the cited work), source, work_id (of the citing one).
-- Reads: core.cited_doi, core.citation, staging.answer, staging.token_work, staging.work_record,
--        staging.record_work, core.full_text, core.full_text_citation
create or replace temp table undescribed as
with unanswered as (
    select
        answer.source,
        answer.token,
        answer.role,
        max(answer.run_id) as run_id
    from (
        select
            source,
            run_id,
            outcome,
            role,
            unnest(list_transform(
                subjects, lambda name: if(starts_with(name, '10.'), 'doi:' || name, name)
            )) as token
        from staging.answer
        where role in ('work', 'full_text')
    ) as answer
    group by
        answer.source,
        answer.token,
        answer.role
    -- what has failed in five runs will fail again
    having
        coalesce(max(answer.run_id) filter (where answer.outcome in ('ok', 'not_found')), '')
        < max(answer.run_id)
        and count(distinct answer.run_id) filter (
            where answer.outcome not in ('ok', 'not_found')
        ) <= 5
),

-- what the source has told of works in its lists
told as (
    select
        record.source,
        record_work.work_id,
        max(record.last_seen_run) as run_id
    from staging.work_record as record
    inner join staging.record_work as record_work
        on record.source = record_work.source and record.record_key = record_work.record_key
    semi join unanswered on record.source = unanswered.source
    group by
        record.source,
        record_work.work_id
)

select distinct
    cited_doi.doi,
    unanswered.source,
    token_work.work_id
from unanswered
inner join staging.token_work as token_work on unanswered.token = token_work.token
inner join core.citation as citation on token_work.work_id = citation.citing_work_id
inner join core.cited_doi as cited_doi on citation.cited_work_id = cited_doi.work_id
left join told on unanswered.source = told.source and token_work.work_id = told.work_id
where unanswered.role = 'full_text' or coalesce(told.run_id, '') < unanswered.run_id
union
select
    cited_doi.doi,
    full_text.source,
    full_text.work_id
from core.full_text_citation as looked_at
inner join core.full_text as full_text on looked_at.citing_work_id = full_text.work_id
inner join core.cited_doi as cited_doi on looked_at.cited_work_id = cited_doi.work_id
where looked_at.outcome = 'gone'
