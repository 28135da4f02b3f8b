-- The abstract of a work, if its licence lets anyone show it.
-- Grain: as of core.abstract, ordered by all columns. Parameter: $work_id.
-- Reads: core.abstract
select held.* -- noqa: AM04
from core.abstract as held
where held.work_id = $work_id
order by all
