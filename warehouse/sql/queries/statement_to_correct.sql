-- The statements whose id begins with some characters, two of them at most: one is the one meant.
-- Grain: one row a statement. Parameter: $prefix.
-- Reads: core.citation_statement, core.statement_stance, core.work
select
    statement.statement_id,
    statement.citing_work_id as citing_token,
    statement.cited_work_id as cited_token,
    citing.doi as citing_doi,
    cited.doi as cited_doi,
    statement.text,
    statement.before,
    statement.after,
    statement.section,
    statement.marker,
    statement.text_offset,
    statement.licence,
    decided.stance
from core.citation_statement as statement
left join core.statement_stance as decided on statement.statement_id = decided.statement_id
left join core.work as citing on statement.citing_work_id = citing.work_id
left join core.work as cited on statement.cited_work_id = cited.work_id
where starts_with(statement.statement_id, $prefix)
order by statement.statement_id
limit 2
