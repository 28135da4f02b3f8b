-- Which sources say that a work is cited.
-- Grain: as of core.citation_evidence, ordered by all columns. Parameter: $work_id.
-- Reads: core.citation_evidence
select held.* -- noqa: AM04
from core.citation_evidence as held
where held.cited_work_id = $work_id and held.withdrawn_in_run_id is null
order by all
