-- Fill a table with the rows of a bundle.
-- Grain: that of the table. Places: ${schema}, ${table}.
-- Reads: the registered incoming
insert into ${schema}.${table} by name -- noqa: PRS
select * -- noqa: AM04
from incoming
