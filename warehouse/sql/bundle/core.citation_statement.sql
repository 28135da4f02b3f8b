-- The sentences that cite a work.
-- Grain: as of core.citation_statement, ordered by all columns. Parameter: $work_id.
-- Reads: core.citation_statement
select held.* -- noqa: AM04
from core.citation_statement as held
where held.cited_work_id = $work_id
order by all
