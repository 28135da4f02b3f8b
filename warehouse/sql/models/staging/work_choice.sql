-- For each work and field the value that wins: from the first source in core.field_precedence
-- that gives one, then the smallest record_key. Parts that belong together come from one record.
-- Grain: work_id, described works only.
-- Reads: staging.work_record, staging.record_work, core.field_precedence
with precedence as (
    select
        source,
        map_from_entries(list((field, rank))) as ranks
    from core.field_precedence
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
        record.authors,
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
        precedence.ranks
    from staging.work_record as record
    inner join staging.record_work as record_work
        on record.source = record_work.source and record.record_key = record_work.record_key
    inner join precedence on record.source = precedence.source
)

select
    record.work_id,
    arg_min(
        struct_pack(
            value := record.title,
            source := record.source,
            record_key := record.record_key
        ),
        (record.ranks['title'], record.record_key)
    ) filter (where record.title is not null) as title,
    arg_min(
        struct_pack(
            value := record.container_title,
            source := record.source,
            record_key := record.record_key
        ),
        (record.ranks['container_title'], record.record_key)
    ) filter (where record.container_title is not null) as container_title,
    arg_min(
        struct_pack(
            value := record.issn_l,
            source := record.source,
            record_key := record.record_key
        ),
        (record.ranks['issn_l'], record.record_key)
    ) filter (where record.issn_l is not null) as issn_l,
    arg_min(
        struct_pack(
            value := record.publisher,
            source := record.source,
            record_key := record.record_key
        ),
        (record.ranks['publisher'], record.record_key)
    ) filter (where record.publisher is not null) as publisher,
    arg_min(
        struct_pack(
            value := record.language,
            source := record.source,
            record_key := record.record_key
        ),
        (record.ranks['language'], record.record_key)
    ) filter (where record.language is not null) as language,
    arg_min(
        struct_pack(
            value := record.oa_url,
            source := record.source,
            record_key := record.record_key
        ),
        (record.ranks['oa_url'], record.record_key)
    ) filter (where record.oa_url is not null) as oa_url,
    arg_min(
        struct_pack(
            value := record.licence,
            source := record.source,
            record_key := record.record_key
        ),
        (record.ranks['licence'], record.record_key)
    ) filter (where record.licence is not null) as licence,
    arg_min(
        struct_pack(
            published_date := record.published_date,
            published_date_raw := record.published_date_raw,
            published_year := record.published_year,
            source := record.source,
            record_key := record.record_key
        ),
        (record.ranks['published'], record.record_key)
    ) filter (where record.published_year is not null) as published,
    -- any yes wins over any no
    arg_min(
        struct_pack(
            value := record.is_retracted,
            source := record.source,
            record_key := record.record_key
        ),
        (not record.is_retracted, record.ranks['is_retracted'], record.record_key)
    ) filter (where record.is_retracted is not null) as is_retracted,
    -- a complete list wins over a shortened one of a better source
    arg_min(
        struct_pack(
            authors := record.authors,
            is_complete := record.is_complete,
            source := record.source,
            record_key := record.record_key
        ),
        (not record.is_complete, record.ranks['byline'], record.record_key)
    ) filter (where len(record.authors) > 0) as byline,
    arg_min(
        struct_pack(
            value := record.reference_count,
            source := record.source,
            record_key := record.record_key
        ),
        (record.ranks['reference_count'], record.record_key)
    ) filter (where record.reference_count is not null) as reference_count
from described as record
group by record.work_id
