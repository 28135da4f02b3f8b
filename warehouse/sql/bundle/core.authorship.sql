-- The bylines of a work and of the works that cite it.
-- Grain: as of core.authorship, ordered by all columns. Parameter: $work_id.
-- Reads: core.authorship, core.citation
select held.* -- noqa: AM04
from core.authorship as held
where
    held.work_id = $work_id
    or held.work_id in (
        select edge.citing_work_id
        from core.citation as edge
        where edge.cited_work_id = $work_id
    )
order by all
