-- The rows that have to go, and those that have to come: a row that changed is in both.
create or replace temp table going as
select ${columns}
from ${table}
except all
select ${columns}
from fresh;

create or replace temp table coming as
select ${columns}
from fresh
except all
select ${columns}
from ${table};
