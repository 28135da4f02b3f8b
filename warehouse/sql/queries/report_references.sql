-- The works that a work cites, as far as they are identified.
-- Grain: one row a cited work, ordered by year, then identifier. Parameter: $work_id.
-- Reads: core.citation, core.work
select
    edge.cited_work_id as work_id,
    described.doi,
    described.title,
    described.published_year
from core.citation as edge
left join core.work as described on edge.cited_work_id = described.work_id
where edge.citing_work_id = $work_id
order by
    described.published_year nulls last,
    edge.cited_work_id
