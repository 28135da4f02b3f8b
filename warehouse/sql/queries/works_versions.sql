-- The works of a version group, the published ones first.
-- Grain: one row a work. Parameter: $version_group_id.
-- Reads: core.version_group
select
    version_group.work_id,
    version_group.is_preprint
from core.version_group as version_group
where version_group.version_group_id = $version_group_id
order by
    version_group.is_preprint,
    version_group.work_id
