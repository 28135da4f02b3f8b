-- Who says that one work cites another: lists of references in work records, and citation
-- records. Kept are the edges that touch a cited DOI: those that lead to it, whoever has them,
-- and those of its own reference list.
-- Grain: citing_work_id, cited_work_id, source, record_key.
-- Reads: staging.work_record, staging.citation_record, staging.record_work, staging.token_work,
--        staging.work_group, core.cited_doi
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

reference_to as (
    select
        record.source,
        record.record_key,
        unnest(record."references") as cited_token
    from staging.work_record as record
),

reference_to_cited as (
    select
        record_work.work_id as citing_work_id,
        cited_token.work_id as cited_work_id,
        reference_to.source,
        reference_to.record_key
    from reference_to
    inner join cited_token on reference_to.cited_token = cited_token.token
    inner join staging.record_work as record_work
        on
            reference_to.source = record_work.source
            and reference_to.record_key = record_work.record_key
),

own_reference as (
    select
        record_work.work_id as citing_work_id,
        record.source,
        record.record_key,
        unnest(record."references") as cited_token
    from staging.record_work as record_work
    semi join cited on record_work.work_id = cited.work_id
    inner join staging.work_record as record
        on record_work.source = record.source and record_work.record_key = record.record_key
),

own_reference_to_work as (
    select
        own_reference.citing_work_id,
        coalesce(token_work.work_id, own_reference.cited_token) as cited_work_id,
        own_reference.source,
        own_reference.record_key
    from own_reference
    left join staging.token_work as token_work on own_reference.cited_token = token_work.token
),

citation as (
    select
        record.source,
        record.record_key,
        coalesce(citing.work_id, record.citing_tokens[1]) as citing_work_id,
        coalesce(cited.work_id, record.cited_tokens[1]) as cited_work_id
    from staging.citation_record as record
    left join staging.token_work as citing on record.citing_tokens[1] = citing.token
    left join staging.token_work as cited on record.cited_tokens[1] = cited.token
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

edge as (
    select reference_to_cited.*
    from reference_to_cited
    union by name
    select own_reference_to_work.*
    from own_reference_to_work
    union by name
    select citation_that_touches.*
    from citation_that_touches
),

sighting as (
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
)

select
    edge.citing_work_id,
    edge.cited_work_id,
    edge.source,
    edge.record_key,
    coalesce(citing_group.version_group_id, edge.citing_work_id)
    = coalesce(cited_group.version_group_id, edge.cited_work_id) as is_loop,
    sighting.first_seen_run,
    sighting.last_seen_run,
    sighting.first_seen,
    sighting.last_seen
from edge
inner join sighting on edge.source = sighting.source and edge.record_key = sighting.record_key
left join staging.work_group as citing_group on edge.citing_work_id = citing_group.work_id
left join staging.work_group as cited_group on edge.cited_work_id = cited_group.work_id
