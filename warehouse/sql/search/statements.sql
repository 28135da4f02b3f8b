-- The statements to be searched. DuckDB.
-- Grain: one row a statement. Reads: core.citation_statement
select
    row_number() over (order by statement_id) as place,
    statement_id,
    cited_work_id,
    text
from core.citation_statement
