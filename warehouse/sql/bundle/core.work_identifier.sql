-- All names of a work.
-- Grain: as of core.work_identifier, ordered by all columns. Parameter: $work_id.
-- Reads: core.work_identifier
select held.* -- noqa: AM04
from core.work_identifier as held
where held.work_id = $work_id
order by all
