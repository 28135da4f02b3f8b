-- A table as it stands.
-- Grain: that of the table. ${schema}, ${table}: its name.
-- Reads: any table of core, mart or private
select * -- noqa: AM04
from ${schema}.${table}
order by all
