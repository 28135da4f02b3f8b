-- The rows that have to go, and those that have to come: a row that changed is in both.
create or replace temp table going as
select ${columns}
from (
    select
        ${columns},
        unnest(range(-_surplus)) as _turn
    from differing
    where _surplus < 0
) as repeated;

create or replace temp table coming as
select ${columns}
from (
    select
        ${columns},
        unnest(range(_surplus)) as _turn
    from differing
    where _surplus > 0
) as repeated;
