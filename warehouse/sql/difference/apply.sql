-- Touches only what differs.
delete from ${table} as old
using going
where ${same_key};

insert into ${table} by name
select ${columns}
from coming;
