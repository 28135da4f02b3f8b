-- The runs in which a source began to miss a large part of what its lists should have held: more
-- than a tenth of the edges, and at least twenty. Works lose citations one by one; so many at once
-- are an accident of the source, and are not believed before they last (staging.edge).
-- Grain: run_id, source.
-- Reads: staging.look, staging.edge_sighting
with first_look as (
    select
        citing_work_id,
        cited_work_id,
        source,
        min(run_id) as run_id
    from staging.look
    group by
        citing_work_id,
        cited_work_id,
        source
),

missed as (
    select
        run_id,
        source,
        count(*) as missed_count
    from first_look
    group by
        run_id,
        source
),

seen as (
    select
        run_id,
        source,
        sum(listed_work_count) as seen_count
    from staging.edge_sighting
    group by
        run_id,
        source
)

select
    missed.run_id,
    missed.source,
    missed.missed_count,
    coalesce(seen.seen_count, 0) as seen_count
from missed
left join seen on missed.run_id = seen.run_id and missed.source = seen.source
where
    missed.missed_count >= 20
    and missed.missed_count > 0.1 * (missed.missed_count + coalesce(seen.seen_count, 0))
