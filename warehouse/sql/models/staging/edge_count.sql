-- How many edges each run added to a cited work, by source. Summed up to a run they give what
-- was stored then.
-- Grain: cited_work_id, source, run_id.
-- Reads: staging.edge, core.cited_doi
with cited as (
    select distinct work_id
    from core.cited_doi
),

edge as (
    select
        edge.cited_work_id,
        edge.source,
        edge.citing_work_id,
        edge.is_loop,
        edge.first_seen_run as run_id,
        row_number() over (
            partition by edge.cited_work_id, edge.source, edge.citing_work_id, edge.is_loop
            order by
                edge.first_seen_run asc,
                edge.record_key asc
        ) as place
    from staging.edge as edge
    semi join cited on edge.cited_work_id = cited.work_id
)

select
    cited_work_id,
    source,
    run_id,
    count(*) filter (where not is_loop and place = 1) as citing_work_count,
    count(*) filter (where not is_loop and place > 1) as duplicate_count,
    count(*) filter (where is_loop) as loop_count
from edge
group by
    cited_work_id,
    source,
    run_id
