-- The answers of which records were rejected, with what became of their other records.
-- A record is known by the hash of its contents where it is the one that stands in staging; where
-- another answer has brought a newer version of it, said is null.
-- Grain: one row an answer. No parameters.
-- Reads: core.reject, staging.answer, staging.sighting, staging.work_record,
-- staging.citation_record, staging.agency_record, staging.identifier_record,
-- staging.look_up_record, staging.full_text_record
with rejected as (
    select
        run_id,
        source,
        request_key,
        list(record_index order by record_index) as rejected
    from core.reject
    group by
        run_id,
        source,
        request_key
),

sighted as (
    select sighting.*
    from staging.sighting as sighting
    semi join rejected
        on
            sighting.run_id = rejected.run_id
            and sighting.source = rejected.source
            and sighting.request_key = rejected.request_key
),

standing as (
    select
        run_id,
        source,
        request_key,
        record_index,
        content_hash as said
    from staging.work_record
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        content_hash as said
    from staging.citation_record
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        coalesce(agency, '') as said
    from staging.agency_record
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        array_to_string(tokens, ' ') as said
    from staging.identifier_record
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        coalesce(changed_at, '') as said
    from staging.look_up_record
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        array_to_string(tokens, ' ') as said
    from staging.full_text_record
),

loaded as (
    select
        sighted.run_id,
        sighted.source,
        sighted.request_key,
        list(struct_pack(
            place := sighted.record_index,
            record_key := sighted.record_key,
            declared_count := sighted.declared_count,
            said := standing.said
        )) as loaded
    from sighted
    left join standing
        on
            sighted.run_id = standing.run_id
            and sighted.source = standing.source
            and sighted.request_key = standing.request_key
            and sighted.record_index = standing.record_index
    group by
        sighted.run_id,
        sighted.source,
        sighted.request_key
)

select
    rejected.run_id,
    rejected.source,
    rejected.request_key,
    rejected.rejected,
    coalesce(loaded.loaded, []) as loaded,
    answer.received,
    answer.absent,
    answer.declared_total,
    answer.next_cursor
from rejected
inner join staging.answer as answer
    on
        rejected.run_id = answer.run_id
        and rejected.source = answer.source
        and rejected.request_key = answer.request_key
left join loaded
    on
        rejected.run_id = loaded.run_id
        and rejected.source = loaded.source
        and rejected.request_key = loaded.request_key
order by
    rejected.run_id,
    rejected.source,
    rejected.request_key
