-- Keep what came of it. ${table}: of staging; ${incoming}: its new rows.
insert into staging.${table} by name
select * -- noqa: AM04
from ${incoming}
