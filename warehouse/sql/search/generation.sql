-- The file of the database that is open. DuckDB.
select path
from duckdb_databases()
where database_name = current_database()
