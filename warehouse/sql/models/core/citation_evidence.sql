-- Which sources say that one work cites another, without loops within a version group. What a
-- source has withdrawn stays, and says since when.
-- Grain: citing_work_id, cited_work_id, source.
-- Reads: staging.edge
select
    citing_work_id,
    cited_work_id,
    source,
    list(record_key order by record_key) as source_ids,
    min(first_seen) as first_seen,
    max(last_seen) as last_seen,
    max(last_seen_run) as run_id,
    case when bool_and(withdrawn_in_run_id is not null) then max(withdrawn_in_run_id) end
        as withdrawn_in_run_id
from staging.edge
where not is_loop
group by
    citing_work_id,
    cited_work_id,
    source
