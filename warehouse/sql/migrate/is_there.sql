-- Whether any migration was applied to this file. Grain: one row.
select count(*) > 0 as is_there
from duckdb_tables()
where schema_name = 'core' and table_name = 'migration'
