-- The macros of the published file: name, what each says, and the statement that makes it.
-- Grain: one row a macro.
select
    schema_name || '.' || function_name as macro_name,
    macro_definition,
    'create macro ' || schema_name || '.' || function_name || '('
    || array_to_string(list_transform(parameters, lambda it: '"' || it || '"'), ', ') -- noqa: RF02
    || ') as ' || macro_definition as statement
from duckdb_functions()
where
    database_name = 'published'
    and function_type = 'macro'
    and schema_name = 'core'
order by function_name
