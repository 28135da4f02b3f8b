-- What runs and publications say of themselves: that of those that there were.
create view ${table} as
select ${columns}
from published.${table}
where ${of_its_runs}
