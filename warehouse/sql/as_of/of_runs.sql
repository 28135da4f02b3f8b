-- What runs say of themselves: that of the runs that there were.
create view ${table} as
select ${columns}
from published.${table}
where ${of_its_runs}
