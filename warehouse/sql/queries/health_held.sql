-- What is not withdrawn although a source gives it no more, because it lost so much at once.
-- Grain: one row a source and the run in which it began, ordered by them; only losses of the week
-- before a run. Parameter: $run_id.
-- Reads: staging.held_look, staging.look, staging.edge, core.run
with first_look as (
    select
        citing_work_id,
        cited_work_id,
        source,
        record_key,
        min(run_id) as run_id
    from staging.look
    group by
        citing_work_id,
        cited_work_id,
        source,
        record_key
)

select
    first_look.source,
    first_look.run_id,
    run.started_at,
    count(distinct row(first_look.citing_work_id, first_look.cited_work_id)) as held_count
from first_look
inner join staging.held_look as held_look
    on first_look.source = held_look.source and first_look.run_id = held_look.run_id
inner join staging.edge as edge
    on
        first_look.citing_work_id = edge.citing_work_id
        and first_look.cited_work_id = edge.cited_work_id
        and first_look.source = edge.source
        and first_look.record_key = edge.record_key
inner join core.run as run on first_look.run_id = run.run_id
where edge.withdrawn_in_run_id is null and first_look.run_id <= $run_id
group by
    first_look.source,
    first_look.run_id,
    run.started_at
order by
    first_look.source,
    first_look.run_id
