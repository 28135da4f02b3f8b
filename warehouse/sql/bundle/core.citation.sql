-- What cites a work, and what it cites.
-- Grain: as of core.citation, ordered by all columns. Parameter: $work_id.
-- Reads: core.citation
select held.* -- noqa: AM04
from core.citation as held
where held.cited_work_id = $work_id or held.citing_work_id = $work_id
order by all
