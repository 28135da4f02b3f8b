-- The runs whose answers are loaded, with the answers of each.
-- Grain: one row a run.
-- Reads: core.run, core.fetch
select
    run.run_id,
    count(answer.request_key) as answer_count
from core.run as run
left join core."fetch" as answer on run.run_id = answer.run_id
where run.finished_at is not null
group by run.run_id
order by run.run_id
