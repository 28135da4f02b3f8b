-- The records that say that one work cites another, each where it was last received.
-- Grain: one row a record, by source and key. Parameters: $citing, $cited.
-- Reads: staging.edge, staging.sighting, staging.answer
select
    edge.source,
    edge.record_key,
    edge.is_loop,
    edge.first_seen,
    edge.last_seen,
    edge.withdrawn_in_run_id,
    fetched.run_id,
    fetched.request_key,
    sighting.record_index,
    fetched.role,
    fetched.chain,
    fetched.page,
    fetched.url,
    fetched.http_status,
    fetched.outcome,
    fetched.fetched_at,
    fetched.attempts,
    fetched.received,
    fetched.raw_sha256
from staging.edge as edge
inner join staging.sighting as sighting
    on
        edge.source = sighting.source
        and edge.record_key = sighting.record_key
        and edge.last_seen_run >= sighting.run_id
inner join staging.answer as fetched
    on
        sighting.run_id = fetched.run_id
        and sighting.source = fetched.source
        and sighting.request_key = fetched.request_key
where edge.citing_work_id = $citing and edge.cited_work_id = $cited
qualify
    row_number() over (
        partition by edge.source, edge.record_key
        order by
            fetched.run_id desc,
            -- the list of citing works says it best
            fetched.role = 'citing' desc,
            fetched.request_key asc,
            sighting.record_index asc
    ) = 1
order by
    edge.source,
    edge.record_key
