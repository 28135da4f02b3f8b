-- Every table and view with its comment. Grain: one row a table.
select
    schema_name,
    table_name,
    'table' as kind,
    comment
from duckdb_tables()
where not internal
union all
select
    schema_name,
    view_name as table_name,
    'view' as kind,
    comment
from duckdb_views()
where not internal
order by
    schema_name,
    table_name
