-- Whatever is asked about, described or in a version group is a work.
-- Level: fail
select
    'core.cited_doi' as table_name,
    cited_doi.work_id
from core.cited_doi as cited_doi
anti join core.work as work on cited_doi.work_id = work.work_id
union all
select
    'core.work_type' as table_name,
    work_type.work_id
from core.work_type as work_type
anti join core.work as work on work_type.work_id = work.work_id
union all
select
    'core.version_group' as table_name,
    version_group.work_id
from core.version_group as version_group
anti join core.work as work on version_group.work_id = work.work_id
union all
select
    'core.work' as table_name,
    work.work_id
from core.work as work
anti join core.version_group as version_group on work.work_id = version_group.work_id
