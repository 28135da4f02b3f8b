-- Citing works with the chosen values that have no statement at all.
-- Grain: one row.
-- Reads: the temporary sliced_work
select count(*) filter (where not is_stated) as unstated_work_count
from sliced_work
where failure_count = 0
