-- The tables and views of the schemas that are exported, with their comments.
-- Grain: one row a table, ordered by schema and name. Parameter: $schemas.
-- Reads: duckdb_tables(), duckdb_views()
select
    schema_name,
    table_name,
    comment
from duckdb_tables()
where list_contains($schemas, schema_name)
union all
select
    schema_name,
    view_name as table_name,
    comment
from duckdb_views()
where list_contains($schemas, schema_name)
order by schema_name, table_name
