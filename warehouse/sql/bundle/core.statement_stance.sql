-- The stances of the sentences that cite a work.
-- Grain: as of core.statement_stance, ordered by all columns. Parameter: $work_id.
-- Reads: core.statement_stance, core.citation_statement
select held.* -- noqa: AM04
from core.statement_stance as held
where
    held.statement_id in (
        select said.statement_id
        from core.citation_statement as said
        where said.cited_work_id = $work_id
    )
order by all
