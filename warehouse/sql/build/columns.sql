-- The columns of every table and view. Grain: one row a table.
select
    schema_name || '.' || table_name as table_name,
    list(column_name order by column_index) as column_names
from duckdb_columns()
where database_name = current_database() and not internal
group by table_name, schema_name
