-- The statements of each citing work about each cited one, by stance.
-- Grain: citing_work_id, cited_work_id.
-- Reads: core.citation_statement, core.statement_stance
select
    statement.citing_work_id,
    statement.cited_work_id,
    count(*) filter (where stance.stance = 'supporting') as supporting_statement_count,
    count(*) filter (where stance.stance = 'mentioning') as mentioning_statement_count,
    count(*) filter (where stance.stance = 'contrasting') as contrasting_statement_count,
    count(*) filter (where stance.stance = 'unclassified') as unclassified_statement_count
from core.citation_statement as statement
inner join core.statement_stance as stance on statement.statement_id = stance.statement_id
group by
    statement.citing_work_id,
    statement.cited_work_id
