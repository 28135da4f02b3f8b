-- What tells the statements of one generation from those of another, to be searched. DuckDB.
-- Grain: one row. Reads: core.citation_statement
select count(*) || ':' || coalesce(sum(hash(statement_id, cited_work_id, text)), 0) as fingerprint
from core.citation_statement
