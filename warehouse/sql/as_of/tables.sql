-- The tables and views of the published file, with their columns.
-- Grain: schema_name, table_name.
select
    column_.schema_name,
    column_.table_name,
    list('"' || column_.column_name || '"' order by column_.column_index) as column_names
from duckdb_columns() as column_
where
    column_.database_name = 'published'
    and column_.schema_name in ('core', 'mart', 'history')
    and not column_.internal
group by
    column_.schema_name,
    column_.table_name
order by
    column_.schema_name,
    column_.table_name
