-- Writes everything: the way out where the grain does not tell the rows apart.
delete from ${table};

insert into ${table} by name
select ${columns}
from (
    ${select}
) as model
