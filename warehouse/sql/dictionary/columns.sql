-- Every column with its comment. Grain: one row a column, in the order of its table.
select
    schema_name,
    table_name,
    column_name,
    data_type,
    is_nullable,
    comment
from duckdb_columns()
where not internal
order by
    schema_name,
    table_name,
    column_index
