-- How many edges each run added to a cited work, and how many it withdrew, by source. Summed up to
-- a run they give what was stored then. A citing work counts from the first of its records on,
-- until the last of them is withdrawn.
-- Grain: cited_work_id, source, run_id.
-- Reads: staging.edge, core.cited_doi
with cited as (
    select distinct work_id
    from core.cited_doi
),

record as (
    select
        edge.cited_work_id,
        edge.source,
        edge.citing_work_id,
        edge.is_loop,
        edge.first_seen_run,
        edge.withdrawn_in_run_id,
        row_number() over (
            partition by edge.cited_work_id, edge.source, edge.citing_work_id, edge.is_loop
            order by
                edge.first_seen_run asc,
                edge.record_key asc
        ) as place
    from staging.edge as edge
    semi join cited on edge.cited_work_id = cited.work_id
),

citing_work as (
    select
        cited_work_id,
        source,
        case when bool_and(withdrawn_in_run_id is not null) then max(withdrawn_in_run_id) end
            as withdrawn_in_run_id
    from record
    where not is_loop
    group by
        cited_work_id,
        source,
        citing_work_id
),

change as (
    select
        cited_work_id,
        source,
        first_seen_run as run_id,
        cast(not is_loop and place = 1 as bigint) as citing_work_count,
        cast(not is_loop and place > 1 as bigint) as duplicate_count,
        cast(is_loop as bigint) as loop_count,
        0 as withdrawn_count
    from record
    union all
    select
        cited_work_id,
        source,
        withdrawn_in_run_id as run_id,
        0 as citing_work_count,
        0 as duplicate_count,
        0 as loop_count,
        1 as withdrawn_count
    from citing_work
    where withdrawn_in_run_id is not null
)

select
    cited_work_id,
    source,
    run_id,
    cast(sum(citing_work_count) as bigint) as citing_work_count,
    cast(sum(duplicate_count) as bigint) as duplicate_count,
    cast(sum(loop_count) as bigint) as loop_count,
    cast(sum(withdrawn_count) as bigint) as withdrawn_count
from change
group by
    cited_work_id,
    source,
    run_id
