-- What tells a table from what it is to hold: rows that have to come (surplus above 0), and rows
-- that have to go (below 0), each with how many of them. One pass over both, which is a tenth of
-- the work of two `except all`.
create or replace temp table differing as
select
    ${columns},
    cast(sum(_side) as bigint) as _surplus
from (
    select
        ${columns},
        1 as _side
    from (
        ${select}
    ) as model
    union all
    select
        ${columns},
        -1 as _side
    from ${table}
) as both_sides
group by ${columns}
having sum(_side) <> 0;
