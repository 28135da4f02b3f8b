-- Which of the works that cite a cited work each run received, and which of them in the list of
-- citing works. A record counts for what it said in that run.
-- Grain: run_id, source, work_id.
-- Reads: staging.edge_said, staging.sighting, staging.work_answer, core.cited_doi
with cited as (
    select distinct work_id
    from core.cited_doi
),

edge as (
    select edge.*
    from staging.edge_said as edge
    semi join cited on edge.cited_work_id = cited.work_id
),

listing as (
    select
        run_id,
        source,
        work_id,
        request_id
    from staging.work_answer
    where role = 'citing'
),

-- one row a record: it may come in several answers
seen as (
    select
        sighting.run_id,
        edge.source,
        edge.cited_work_id as work_id,
        edge.citing_work_id,
        edge.record_key,
        edge.is_loop,
        bool_or(listing.request_id is not null) as is_listed
    from edge
    inner join staging.sighting as sighting
        on
            edge.source = sighting.source
            and edge.record_key = sighting.record_key
            and (
                edge.listed_in_runs is null
                or list_contains(edge.listed_in_runs, sighting.run_id)
            )
    left join listing
        on
            sighting.run_id = listing.run_id
            and sighting.source = listing.source
            and sighting.request_id = listing.request_id
            and edge.cited_work_id = listing.work_id
    where sighting.kind in ('work', 'citation')
    group by
        sighting.run_id,
        edge.source,
        edge.cited_work_id,
        edge.citing_work_id,
        edge.record_key,
        edge.is_loop
),

counted as (
    select
        run_id,
        source,
        work_id,
        count(distinct citing_work_id) filter (where not is_loop) as seen_work_count,
        count(distinct citing_work_id) filter (where not is_loop and is_listed)
            as listed_work_count,
        count(*) filter (where is_listed) as listed_record_count,
        count(*) filter (where is_loop and is_listed) as loop_count
    from seen
    group by
        run_id,
        source,
        work_id
)

select
    run_id,
    source,
    work_id,
    seen_work_count,
    listed_work_count,
    listed_record_count,
    listed_record_count - loop_count - listed_work_count as duplicate_count,
    loop_count
from counted
