-- Authors in the order of the byline that won. ORCID and author id are filled from the other
-- records of the work: same position, and the same family name.
-- Grain: work_id, position.
-- Reads: staging.work_choice, staging.work_record, staging.record_work, core.field_precedence
with byline as (
    select
        choice.work_id,
        record.source,
        generate_subscripts(record.authors, 1) as position,
        unnest(record.authors) as author
    from staging.work_choice as choice
    inner join staging.work_record as record
        on
            choice.byline.source = record.source
            and choice.byline.record_key = record.record_key
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
    anti join staging.work_choice as choice
        on
            record_work.work_id = choice.work_id
            and record.source = choice.byline.source
            and record.record_key = choice.byline.record_key
),

-- most works have one byline, so names are taken apart only where there is another
identified as (
    select
        byline.work_id,
        byline.position,
        arg_min(
            other_byline.author.orcid,
            (coalesce(precedence.rank, 1000), other_byline.record_key)
        ) as orcid,
        arg_min(
            other_byline.author.openalex_author_id,
            (coalesce(precedence.rank, 1000), other_byline.record_key)
        ) as openalex_author_id
    from byline
    inner join other_byline
        on byline.work_id = other_byline.work_id and byline.position = other_byline.position
    left join core.field_precedence as precedence
        on other_byline.source = precedence.source and precedence.field = 'byline'
    where
        (
            other_byline.author.orcid is not null
            or other_byline.author.openalex_author_id is not null
        )
        and core.plain_text(coalesce(byline.author.family, core.family_of(byline.author.name)))
        = core.plain_text(
            coalesce(other_byline.author.family, core.family_of(other_byline.author.name))
        )
    group by
        byline.work_id,
        byline.position
)

select
    byline.work_id,
    byline.position,
    byline.author.name,
    byline.author.family,
    byline.author.given,
    coalesce(byline.author.orcid, identified.orcid) as orcid,
    coalesce(byline.author.openalex_author_id, identified.openalex_author_id)
        as openalex_author_id,
    byline.source
from byline
left join identified
    on byline.work_id = identified.work_id and byline.position = identified.position
