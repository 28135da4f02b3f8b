-- Which records decided where a citing work counts.
-- Grain: one row a field. Parameter: $work_id.
-- Reads: core.work_provenance
select
    field,
    source,
    record_key
from core.work_provenance
where work_id = $work_id and field in ('published_year', 'publication_type', 'author_count')
order by field
