-- Which source gives the abstract of a work.
-- Grain: as of core.work_provenance, ordered by all columns. Parameter: $work_id.
-- Reads: core.work_provenance
select held.* -- noqa: AM04
from core.work_provenance as held
where held.work_id = $work_id and held.field = 'abstract'
order by all
