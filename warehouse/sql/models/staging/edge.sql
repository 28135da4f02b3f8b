-- Who says that one work cites another: lists of references in work records, and citation
-- records. Kept are the edges that touch a cited DOI: those that lead to it, whoever has them,
-- and those of its own reference list.
--
-- What a source does not give once more is withdrawn after two looks in a row that should have
-- shown it: a complete list of the citing works, or a newer record of the citing work that has
-- references, but not this one. One look is not enough: sources lose what they have for a night.
-- Lists that are not complete, and records without any references, are no looks.
-- Grain: citing_work_id, cited_work_id, source, record_key.
-- Reads: staging.work_record, staging.citation_record, staging.former_reference,
--        staging.sighting, staging.answer, staging.record_work, staging.token_work,
--        staging.work_group, staging.work_list, core.cited_doi
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
        unnest(record."references") as cited_token,
        cast(null as varchar) as former_run
    from staging.work_record as record
    union all
    select
        former.source,
        former.record_key,
        former.token as cited_token,
        former.last_seen_run as former_run
    from staging.former_reference as former
),

reference_to_cited as (
    select
        record_work.work_id as citing_work_id,
        cited_token.work_id as cited_work_id,
        reference_to.source,
        reference_to.record_key,
        reference_to.former_run
    from reference_to
    inner join cited_token on reference_to.cited_token = cited_token.token
    inner join staging.record_work as record_work
        on
            reference_to.source = record_work.source
            and reference_to.record_key = record_work.record_key
),

own_record as (
    select
        record_work.source,
        record_work.record_key,
        record_work.work_id
    from staging.record_work as record_work
    semi join cited on record_work.work_id = cited.work_id
),

own_reference as (
    select
        own_record.work_id as citing_work_id,
        record.source,
        record.record_key,
        unnest(record."references") as cited_token,
        cast(null as varchar) as former_run
    from own_record
    inner join staging.work_record as record
        on own_record.source = record.source and own_record.record_key = record.record_key
    union all
    select
        own_record.work_id as citing_work_id,
        former.source,
        former.record_key,
        former.token as cited_token,
        former.last_seen_run as former_run
    from own_record
    inner join staging.former_reference as former
        on own_record.source = former.source and own_record.record_key = former.record_key
),

own_reference_to_work as (
    select
        own_reference.citing_work_id,
        coalesce(token_work.work_id, own_reference.cited_token) as cited_work_id,
        own_reference.source,
        own_reference.record_key,
        own_reference.former_run
    from own_reference
    left join staging.token_work as token_work on own_reference.cited_token = token_work.token
),

citation as (
    select
        record.source,
        record.record_key,
        coalesce(citing.work_id, record.citing_tokens[1]) as citing_work_id,
        coalesce(cited.work_id, record.cited_tokens[1]) as cited_work_id,
        cast(null as varchar) as former_run
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

-- a record may name a work twice, by another identifier; it is a former edge if all of them are
edge as (
    select
        citing_work_id,
        cited_work_id,
        source,
        record_key,
        case when bool_and(former_run is not null) then max(former_run) end as former_run
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

former_seen as (
    select
        edge.source,
        edge.record_key,
        edge.former_run,
        max(answer.fetched_at) as last_seen
    from edge
    inner join staging.sighting as sighting
        on
            edge.source = sighting.source
            and edge.record_key = sighting.record_key
            and edge.former_run = sighting.run_id
    inner join staging.answer as answer
        on
            sighting.run_id = answer.run_id
            and sighting.source = answer.source
            and sighting.request_key = answer.request_key
    group by
        edge.source,
        edge.record_key,
        edge.former_run
),

seen as (
    select
        edge.citing_work_id,
        edge.cited_work_id,
        edge.source,
        edge.record_key,
        edge.former_run,
        record.first_seen_run,
        record.first_seen,
        coalesce(edge.former_run, record.last_seen_run) as last_seen_run,
        case
            when edge.former_run is null then record.last_seen
            else coalesce(former_seen.last_seen, record.last_seen)
        end as last_seen
    from edge
    inner join record on edge.source = record.source and edge.record_key = record.record_key
    left join former_seen
        on
            edge.source = former_seen.source
            and edge.record_key = former_seen.record_key
            and edge.former_run = former_seen.former_run
),

complete_list as (
    select
        source,
        work_id,
        run_id,
        max(run_id) over (partition by source, work_id) as newest_run_id
    from staging.work_list
    where is_whole
),

look as (
    select
        seen.citing_work_id,
        seen.cited_work_id,
        seen.source,
        seen.record_key,
        complete_list.run_id
    from seen
    inner join complete_list
        on
            seen.source = complete_list.source
            and seen.cited_work_id = complete_list.work_id
            and seen.last_seen_run < complete_list.newest_run_id
    where seen.last_seen_run < complete_list.run_id
    union
    select
        seen.citing_work_id,
        seen.cited_work_id,
        seen.source,
        seen.record_key,
        sighting.run_id
    from seen
    inner join staging.sighting as sighting
        on seen.source = sighting.source and seen.record_key = sighting.record_key
    where
        seen.former_run is not null
        and sighting.has_references
        and seen.last_seen_run < sighting.run_id
),

withdrawn as (
    select
        citing_work_id,
        cited_work_id,
        source,
        record_key,
        run_id as withdrawn_in_run_id
    from look
    qualify
        row_number() over (
            partition by citing_work_id, cited_work_id, source, record_key
            order by run_id
        ) = 2
)

select
    seen.citing_work_id,
    seen.cited_work_id,
    seen.source,
    seen.record_key,
    coalesce(citing_group.version_group_id, seen.citing_work_id)
    = coalesce(cited_group.version_group_id, seen.cited_work_id) as is_loop,
    seen.first_seen_run,
    seen.last_seen_run,
    seen.first_seen,
    seen.last_seen,
    withdrawn.withdrawn_in_run_id
from seen
left join withdrawn
    on
        seen.citing_work_id = withdrawn.citing_work_id
        and seen.cited_work_id = withdrawn.cited_work_id
        and seen.source = withdrawn.source
        and seen.record_key = withdrawn.record_key
left join staging.work_group as citing_group on seen.citing_work_id = citing_group.work_id
left join staging.work_group as cited_group on seen.cited_work_id = cited_group.work_id
