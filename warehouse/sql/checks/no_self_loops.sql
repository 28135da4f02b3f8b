-- No work cites itself or another version of itself.
-- Level: fail
select
    citation.citing_work_id,
    citation.cited_work_id
from core.citation as citation
inner join core.version_group as citing on citation.citing_work_id = citing.work_id
inner join core.version_group as cited on citation.cited_work_id = cited.work_id
where citing.version_group_id = cited.version_group_id
