-- What a table is to hold from now on.
create or replace temp table fresh as
select ${columns}
from (
    ${select}
) as model
