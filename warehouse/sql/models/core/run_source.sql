-- What a run received of each source, and what that cost. Law 2, nothing vanishes: received comes
-- from the answers, the other four are counted in the tables of records.
-- sql/checks/nothing_vanishes.sql compares the two sides.
-- Grain: run_id, source.
-- Reads: staging.answer, staging.sighting, staging.reject_record, staging.absent_record
with received as (
    select
        run_id,
        source,
        sum(received) as received,
        sum(attempts) as request_count,
        sum(greatest(attempts - 1, 0)) as retry_count,
        sum(body_bytes) as received_bytes,
        sum(credits) as credit_count,
        -- whole microseconds: a sum of fractions would depend on their order
        sum(cast(round(elapsed_s * 1000000) as bigint)) / 1000000.0 as elapsed_s,
        min(fetched_at) as first_at,
        max(fetched_at) as last_at
    from staging.answer
    group by
        run_id,
        source
),

loaded as (
    select
        run_id,
        source,
        count(distinct kind || ':' || record_key) as loaded,
        count(*) as row_count
    from staging.sighting
    group by
        run_id,
        source
),

rejected as (
    select
        run_id,
        source,
        count(*) as rejected
    from staging.reject_record
    group by
        run_id,
        source
),

absent as (
    select
        run_id,
        source,
        count(*) as absent
    from staging.absent_record
    group by
        run_id,
        source
)

select
    received.run_id,
    received.source,
    received.received,
    coalesce(loaded.loaded, 0) as loaded,
    coalesce(loaded.row_count - loaded.loaded, 0) as duplicate,
    coalesce(rejected.rejected, 0) as rejected,
    coalesce(absent.absent, 0) as absent,
    received.request_count,
    received.retry_count,
    received.received_bytes,
    received.credit_count,
    received.elapsed_s,
    received.first_at,
    received.last_at
from received
left join loaded on received.run_id = loaded.run_id and received.source = loaded.source
left join rejected on received.run_id = rejected.run_id and received.source = rejected.source
left join absent on received.run_id = absent.run_id and received.source = absent.source
