-- What each source had to tell, night after night: works looked up, and those that had moved.
-- Grain: one row a run and source, ordered by source and run; only runs in which the source was
-- looked up, up to one of them. Parameter: $run_id.
-- Reads: core.run, core.fetch, core.asking
with looked as (
    select
        run_id,
        source,
        sum(len(subjects)) as looked_count
    from core."fetch"
    where role = 'look_up' and outcome = 'ok' and run_id <= $run_id
    group by
        run_id,
        source
),

moved as (
    select
        run_id,
        source,
        count(*) as moved_count
    from core.asking
    where reason in ('moved', 'found')
    group by
        run_id,
        source
)

select
    looked.source,
    looked.run_id,
    run.started_at,
    looked.looked_count,
    coalesce(moved.moved_count, 0) as moved_count
from looked
inner join core.run as run on looked.run_id = run.run_id
left join moved on looked.run_id = moved.run_id and looked.source = moved.source
order by
    looked.source,
    looked.run_id
