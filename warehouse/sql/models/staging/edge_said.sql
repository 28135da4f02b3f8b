-- Who says that one work cites another: lists of references in work records, and citation
-- records; and in which runs. Kept are the edges that touch a cited DOI: those that lead to it,
-- whoever has them, and those of its own reference list.
-- Grain: citing_work_id, cited_work_id, source, record_key.
-- Reads: staging.work_record, staging.citation_record, staging.reference_run, staging.sighting,
--        staging.answer, staging.record_work, staging.token_work, staging.work_group,
--        core.cited_doi
with cited as (
    select distinct work_id
    from core.cited_doi
),

-- every name that a reference to a cited work may use
cited_token as (
    select
        token_work.token,
        token_work.work_id
    from staging.token_work as token_work
    semi join cited on token_work.work_id = cited.work_id
    union
    select
        'doi:' || doi as token,
        work_id
    from core.cited_doi
),

-- a reference that not every run had comes with the runs that had it
passing as (
    select
        source,
        record_key,
        token,
        list(run_id order by run_id) as listed_in_runs
    from staging.reference_run
    group by
        source,
        record_key,
        token
),

listed as (
    select
        source,
        record_key,
        unnest("references") as token
    from staging.work_record
),

-- only these references of the many: the newest version has them, or an earlier one had
reference_to as (
    select
        listed.source,
        listed.record_key,
        listed.token,
        cited_token.work_id as cited_work_id
    from listed
    inner join cited_token on listed.token = cited_token.token
    union
    select
        passing.source,
        passing.record_key,
        passing.token,
        cited_token.work_id as cited_work_id
    from passing
    inner join cited_token on passing.token = cited_token.token
),

reference_to_cited as (
    select
        record_work.work_id as citing_work_id,
        reference_to.cited_work_id,
        reference_to.source,
        reference_to.record_key,
        passing.listed_in_runs
    from reference_to
    inner join staging.record_work as record_work
        on
            reference_to.source = record_work.source
            and reference_to.record_key = record_work.record_key
    left join passing
        on
            reference_to.source = passing.source
            and reference_to.record_key = passing.record_key
            and reference_to.token = passing.token
),

own_record as (
    select
        record_work.work_id,
        record_work.source,
        record_work.record_key
    from staging.record_work as record_work
    semi join cited on record_work.work_id = cited.work_id
),

own_reference as (
    select
        own_record.work_id,
        own_record.source,
        own_record.record_key,
        unnest(record."references") as token
    from own_record
    inner join staging.work_record as record
        on own_record.source = record.source and own_record.record_key = record.record_key
    union
    select
        own_record.work_id,
        own_record.source,
        own_record.record_key,
        passing.token
    from own_record
    inner join passing
        on own_record.source = passing.source and own_record.record_key = passing.record_key
),

own_reference_to_work as (
    select
        own_reference.work_id as citing_work_id,
        coalesce(token_work.work_id, own_reference.token) as cited_work_id,
        own_reference.source,
        own_reference.record_key,
        passing.listed_in_runs
    from own_reference
    left join passing
        on
            own_reference.source = passing.source
            and own_reference.record_key = passing.record_key
            and own_reference.token = passing.token
    left join staging.token_work as token_work on own_reference.token = token_work.token
),

citation as (
    select
        record.source,
        record.record_key,
        coalesce(citing.work_id, record.citing_tokens[1]) as citing_work_id,
        coalesce(cited.work_id, record.cited_tokens[1]) as cited_work_id,
        cast(null as varchar[]) as listed_in_runs
    from staging.citation_record as record
    left join staging.token_work as citing on record.citing_tokens[1] = citing.token
    left join staging.token_work as cited on record.cited_tokens[1] = cited.token
    where len(record.citing_tokens) > 0 and len(record.cited_tokens) > 0
),

citation_that_touches as (
    select citation.*
    from citation
    where
        exists (
            select 1 from cited
            where cited.work_id = citation.cited_work_id
        )
        or exists (
            select 1 from cited
            where cited.work_id = citation.citing_work_id
        )
),

said as (
    select reference_to_cited.*
    from reference_to_cited
    union all by name
    select own_reference_to_work.*
    from own_reference_to_work
    union all by name
    select citation_that_touches.*
    from citation_that_touches
),

-- a record may name a work twice, by another identifier: once in every run is enough
edge as (
    select
        citing_work_id,
        cited_work_id,
        source,
        record_key,
        case
            when bool_and(listed_in_runs is not null)
                then list_sort(list_distinct(flatten(list(listed_in_runs))))
        end as listed_in_runs
    from said
    group by
        citing_work_id,
        cited_work_id,
        source,
        record_key
),

record as (
    select
        source,
        record_key,
        first_seen_run,
        last_seen_run,
        first_seen,
        last_seen
    from staging.work_record
    union all
    select
        source,
        record_key,
        first_seen_run,
        last_seen_run,
        first_seen,
        last_seen
    from staging.citation_record
),

-- when a record came in the first and in the last run that had the reference
passing_seen as (
    select
        edge.citing_work_id,
        edge.cited_work_id,
        edge.source,
        edge.record_key,
        min(answer.fetched_at) as first_seen,
        max(answer.fetched_at) as last_seen
    from edge
    inner join staging.sighting as sighting
        on
            edge.source = sighting.source
            and edge.record_key = sighting.record_key
            and list_contains(edge.listed_in_runs, sighting.run_id)
    inner join staging.answer as answer
        on
            sighting.run_id = answer.run_id
            and sighting.source = answer.source
            and sighting.request_key = answer.request_key
    where edge.listed_in_runs is not null
    group by
        edge.citing_work_id,
        edge.cited_work_id,
        edge.source,
        edge.record_key
)

select
    edge.citing_work_id,
    edge.cited_work_id,
    edge.source,
    edge.record_key,
    coalesce(citing_group.version_group_id, edge.citing_work_id)
    = coalesce(cited_group.version_group_id, edge.cited_work_id) as is_loop,
    coalesce(edge.listed_in_runs[1], record.first_seen_run) as first_seen_run,
    coalesce(edge.listed_in_runs[-1], record.last_seen_run) as last_seen_run,
    coalesce(passing_seen.first_seen, record.first_seen) as first_seen,
    coalesce(passing_seen.last_seen, record.last_seen) as last_seen,
    edge.listed_in_runs
from edge
inner join record on edge.source = record.source and edge.record_key = record.record_key
left join passing_seen
    on
        edge.citing_work_id = passing_seen.citing_work_id
        and edge.cited_work_id = passing_seen.cited_work_id
        and edge.source = passing_seen.source
        and edge.record_key = passing_seen.record_key
left join staging.work_group as citing_group on edge.citing_work_id = citing_group.work_id
left join staging.work_group as cited_group on edge.cited_work_id = cited_group.work_id
