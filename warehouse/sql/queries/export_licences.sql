-- The licences of the statements about cited works; of null of all statements.
-- Grain: one row a licence, most statements first; null: the article states none.
-- Parameter: $work_ids, or null.
-- Reads: core.citation_statement
select
    statement.licence,
    count(*) as statement_count
from core.citation_statement as statement
where
    $work_ids is null
    or statement.cited_work_id in (select unnest($work_ids))
group by statement.licence
order by
    statement_count desc,
    statement.licence asc
