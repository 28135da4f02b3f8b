-- What each source said last of some cited DOIs, and when it was last looked whether anything has
-- moved: what a night plans from.
-- Grain: doi, source; only sources that were asked about the DOI.
-- Reads: wanted (the DOIs), undescribed, core.source_count, core.cited_doi, core.run, core.work,
--        staging.edge, staging.look_up_record, staging.answer, mart.tally
with asked as (
    select
        source_count.cited_doi as doi,
        source_count.source,
        arg_max(source_count.run_id, source_count.run_id) as asked_run_id,
        arg_max(source_count.state, source_count.run_id) as state,
        arg_max(source_count.cause, source_count.run_id) as cause,
        max(source_count.run_id) filter (where source_count.state <> 'failed') as answered_run_id,
        arg_max(coalesce(source_count.declared_count, -1), source_count.run_id) filter (
            where source_count.state = 'known'
        ) as declared_count
    from core.source_count as source_count
    semi join wanted on source_count.cited_doi = wanted.doi
    group by
        source_count.cited_doi,
        source_count.source
),

failed as (
    select
        asked.doi,
        asked.source,
        count(*) as failure_count
    from asked
    inner join core.source_count as source_count
        on
            asked.doi = source_count.cited_doi
            and asked.source = source_count.source
            and coalesce(asked.answered_run_id, '') < source_count.run_id
    group by
        asked.doi,
        asked.source
),

-- edges that the last list lacked, and that one more look settles
unsettled as (
    select distinct
        asked.doi,
        asked.source
    from asked
    inner join core.cited_doi as cited_doi on asked.doi = cited_doi.doi
    inner join staging.edge as edge
        on
            asked.source = edge.source
            and cited_doi.work_id = edge.cited_work_id
            and asked.asked_run_id > edge.last_seen_run
    where not edge.is_loop and edge.withdrawn_in_run_id is null
),

wanting as (
    select distinct
        doi,
        source
    from undescribed
),

looked as (
    select
        source,
        doi,
        list(struct_pack(
            record_key := record_key,
            declared_count := declared_count,
            changed_at := changed_at
        ) order by record_key) as signs
    from staging.look_up_record
    where doi is not null
    group by
        source,
        doi
),

subject as (
    select
        source,
        fetched_at,
        unnest(subjects) as doi
    from staging.answer
    where role = 'look_up' and outcome = 'ok'
),

looked_at as (
    select
        source,
        doi,
        max(fetched_at) as looked_at
    from subject
    group by
        source,
        doi
)

select
    asked.doi,
    cited_doi.work_id,
    coalesce(work.doi, asked.doi) as prime_doi,
    asked.source,
    asked.state,
    asked.cause,
    nullif(asked.declared_count, -1) as declared_count,
    run.started_at as asked_at,
    looked_at.looked_at,
    coalesce(failed.failure_count, 0) as failure_count,
    unsettled.doi is not null as is_unsettled,
    wanting.doi is not null as is_undescribed,
    coalesce(looked.signs, []) as signs,
    work.published_year,
    tally.reference_count
from asked
inner join core.cited_doi as cited_doi on asked.doi = cited_doi.doi
inner join core.run as run on asked.asked_run_id = run.run_id
left join core.work as work on cited_doi.work_id = work.work_id
left join mart.tally as tally on asked.doi = tally.cited_doi
left join failed on asked.doi = failed.doi and asked.source = failed.source
left join unsettled on asked.doi = unsettled.doi and asked.source = unsettled.source
left join wanting on asked.doi = wanting.doi and asked.source = wanting.source
left join looked
    on coalesce(work.doi, asked.doi) = looked.doi and asked.source = looked.source
left join looked_at
    on coalesce(work.doi, asked.doi) = looked_at.doi and asked.source = looked_at.source
order by
    asked.source,
    asked.doi
