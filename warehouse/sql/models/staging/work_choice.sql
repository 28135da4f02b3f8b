-- For each work and field the value that wins: from the first source in core.field_precedence
-- that gives one, then the smallest record_key. Parts that belong together come from one record.
-- What decides is made one number a field, for numbers are compared quickly. Of the authors only
-- their record is chosen here: they are wide.
-- Grain: work_id, described works only.
-- Reads: staging.work_record, staging.record_work, core.field_precedence
with ranked as (
    -- far enough apart that the place of a record among its work's fits in between
    select
        source,
        field,
        1000000 * rank as place
    from core.field_precedence
),

-- a field without a rank comes last
precedence as (
    select
        source,
        coalesce(min(place) filter (where field = 'title'), 1000000000) as title,
        coalesce(min(place) filter (where field = 'container_title'), 1000000000)
            as container_title,
        coalesce(min(place) filter (where field = 'issn_l'), 1000000000) as issn_l,
        coalesce(min(place) filter (where field = 'publisher'), 1000000000) as publisher,
        coalesce(min(place) filter (where field = 'language'), 1000000000) as language,
        coalesce(min(place) filter (where field = 'oa_url'), 1000000000) as oa_url,
        coalesce(min(place) filter (where field = 'licence'), 1000000000) as licence,
        coalesce(min(place) filter (where field = 'published'), 1000000000) as published,
        coalesce(min(place) filter (where field = 'is_retracted'), 1000000000) as is_retracted,
        coalesce(min(place) filter (where field = 'byline'), 1000000000) as byline,
        coalesce(min(place) filter (where field = 'reference_count'), 1000000000)
            as reference_count
    from ranked
    group by source
),

described as (
    select
        record_work.work_id,
        record.source,
        record.record_key,
        record.title,
        record.container_title,
        record.issn_l,
        record.publisher,
        record.language,
        record.oa_url,
        record.licence,
        record.published_date,
        record.published_date_raw,
        record.published_year,
        len(record.authors) as author_count,
        record.is_complete,
        record.reference_count,
        -- a retraction notice says it as plainly as the flag
        case
            when
                len(
                    list_filter(
                        record.notices,
                        lambda notice:
                        notice['type'] in ('retraction', 'removal', 'withdrawal') -- noqa: RF02
                    )
                ) > 0
                then true
            else record.is_retracted
        end as is_retracted,
        row_number() over (
            partition by record_work.work_id order by record.record_key, record.source
        ) as place,
        precedence as first_by -- noqa: RF02
    from staging.work_record as record
    inner join staging.record_work as record_work
        on record.source = record_work.source and record.record_key = record_work.record_key
    inner join precedence on record.source = precedence.source
)

select
    record.work_id,
    core.first_known(
        record.title, record.source, record.record_key, record.first_by.title + record.place
    ) as title,
    core.first_known(
        record.container_title,
        record.source,
        record.record_key,
        record.first_by.container_title + record.place
    ) as container_title,
    core.first_known(
        record.issn_l, record.source, record.record_key, record.first_by.issn_l + record.place
    ) as issn_l,
    core.first_known(
        record.publisher, record.source, record.record_key, record.first_by.publisher + record.place
    ) as publisher,
    core.first_known(
        record.language, record.source, record.record_key, record.first_by.language + record.place
    ) as language,
    core.first_known(
        record.oa_url, record.source, record.record_key, record.first_by.oa_url + record.place
    ) as oa_url,
    core.first_known(
        record.licence, record.source, record.record_key, record.first_by.licence + record.place
    ) as licence,
    arg_min(
        struct_pack(
            published_date := record.published_date,
            published_date_raw := record.published_date_raw,
            published_year := record.published_year,
            source := record.source,
            record_key := record.record_key
        ),
        record.first_by.published + record.place
    ) filter (where record.published_year is not null) as published,
    -- any yes wins over any no
    core.first_known(
        record.is_retracted,
        record.source,
        record.record_key,
        case when record.is_retracted then 0 else 10000000000 end
        + record.first_by.is_retracted
        + record.place
    ) as is_retracted,
    -- a complete list wins over a shortened one of a better source
    arg_min(
        struct_pack(
            author_count := record.author_count,
            is_complete := record.is_complete,
            source := record.source,
            record_key := record.record_key
        ),
        case when record.is_complete then 0 else 10000000000 end
        + record.first_by.byline
        + record.place
    ) filter (where record.author_count > 0) as byline,
    core.first_known(
        record.reference_count,
        record.source,
        record.record_key,
        record.first_by.reference_count + record.place
    ) as reference_count
from described as record
group by record.work_id
