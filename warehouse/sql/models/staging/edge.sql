-- The edges of staging.edge_said, with those that their source has withdrawn.
--
-- What a source does not give once more is withdrawn after two looks in a row that should have
-- shown it (staging.look); one is not enough, for sources lose what they have for a night. Where
-- the first look was in a night in which the source lost much at once (staging.held_look), only
-- one a week later decides: such a loss is an accident until it lasts.
-- Grain: citing_work_id, cited_work_id, source, record_key.
-- Reads: staging.edge_said, staging.look, staging.held_look, core.run
with look as (
    select
        look.citing_work_id,
        look.cited_work_id,
        look.source,
        look.record_key,
        look.run_id,
        run.started_at,
        held_look.run_id is not null as is_held
    from staging.look as look
    inner join core.run as run on look.run_id = run.run_id
    left join staging.held_look as held_look
        on look.run_id = held_look.run_id and look.source = held_look.source
),

counted as (
    select
        *,
        count(*) filter (where not is_held) over earlier as sound_count,
        first(is_held) over earlier as was_held_first,
        started_at - first(started_at) over earlier as age
    from look
    window earlier as (
        partition by citing_work_id, cited_work_id, source, record_key
        order by run_id
        rows between unbounded preceding and current row
    )
),

withdrawn as (
    select
        citing_work_id,
        cited_work_id,
        source,
        record_key,
        min(run_id) as withdrawn_in_run_id
    from counted
    where (sound_count >= 2 and not was_held_first) or age >= interval 7 days
    group by
        citing_work_id,
        cited_work_id,
        source,
        record_key
)

select
    said.citing_work_id,
    said.cited_work_id,
    said.source,
    said.record_key,
    said.is_loop,
    said.first_seen_run,
    said.last_seen_run,
    said.first_seen,
    said.last_seen,
    withdrawn.withdrawn_in_run_id
from staging.edge_said as said
left join withdrawn
    on
        said.citing_work_id = withdrawn.citing_work_id
        and said.cited_work_id = withdrawn.cited_work_id
        and said.source = withdrawn.source
        and said.record_key = withdrawn.record_key
