-- All names of a work.
-- Grain: one row an identifier. Parameter: $work_id.
-- Reads: core.work_identifier
select
    identifier.scheme,
    identifier.value
from core.work_identifier as identifier
where identifier.work_id = $work_id
order by
    identifier.scheme,
    identifier.value
