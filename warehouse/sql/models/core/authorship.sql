-- Authors in the order of the byline that won. ORCID and author id are filled from the other
-- records of the work: same position, and the same family name.
-- Grain: work_id, position.
-- Reads: staging.work_choice, staging.work_record, staging.record_work, core.field_precedence
with byline as (
    select
        work_id,
        byline['source'] as source,
        generate_subscripts(byline['authors'], 1) as position,
        unnest(byline['authors']) as author
    from staging.work_choice
    where byline is not null
),

named as (
    select
        byline.work_id,
        byline.position,
        byline.author.name,
        byline.author.family,
        byline.author.given,
        byline.author.orcid,
        byline.author.openalex_author_id,
        byline.source,
        core.plain_text(
            coalesce(byline.author.family, core.family_of(byline.author.name))
        ) as family_key
    from byline
),

other_byline as (
    select
        record_work.work_id,
        record.source,
        record.record_key,
        generate_subscripts(record.authors, 1) as position,
        unnest(record.authors) as author
    from staging.work_record as record
    inner join staging.record_work as record_work
        on record.source = record_work.source and record.record_key = record_work.record_key
),

identified as (
    select
        other_byline.work_id,
        other_byline.position,
        core.plain_text(
            coalesce(other_byline.author.family, core.family_of(other_byline.author.name))
        ) as family_key,
        arg_min(
            other_byline.author.orcid,
            (coalesce(precedence.rank, 1000), other_byline.record_key)
        ) as orcid,
        arg_min(
            other_byline.author.openalex_author_id,
            (coalesce(precedence.rank, 1000), other_byline.record_key)
        ) as openalex_author_id
    from other_byline
    left join core.field_precedence as precedence
        on other_byline.source = precedence.source and precedence.field = 'byline'
    where
        other_byline.author.orcid is not null
        or other_byline.author.openalex_author_id is not null
    group by
        other_byline.work_id,
        other_byline.position,
        family_key
)

select
    named.work_id,
    named.position,
    named.name,
    named.family,
    named.given,
    coalesce(named.orcid, identified.orcid) as orcid,
    coalesce(named.openalex_author_id, identified.openalex_author_id) as openalex_author_id,
    named.source
from named
left join identified
    on
        named.work_id = identified.work_id
        and named.position = identified.position
        and named.family_key = identified.family_key
