-- Editorial notices on a work.
-- Grain: as of core.notice, ordered by all columns. Parameter: $work_id.
-- Reads: core.notice
select held.* -- noqa: AM04
from core.notice as held
where held.work_id = $work_id
order by all
