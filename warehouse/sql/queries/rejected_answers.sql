-- The answers of which records were rejected, with what became of their other records.
-- Grain: one row an answer. No parameters.
-- Reads: core.reject, staging.sighting
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

loaded as (
    select
        run_id,
        source,
        request_key,
        list(struct_pack(
            place := record_index,
            record_key := record_key
        )) as loaded
    from staging.sighting
    group by
        run_id,
        source,
        request_key
)

select
    rejected.run_id,
    rejected.source,
    rejected.request_key,
    rejected.rejected,
    coalesce(loaded.loaded, []) as loaded
from rejected
left join loaded
    on
        rejected.run_id = loaded.run_id
        and rejected.source = loaded.source
        and rejected.request_key = loaded.request_key
order by
    rejected.run_id,
    rejected.source,
    rejected.request_key
