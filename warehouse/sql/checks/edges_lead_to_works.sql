-- Both ends of an edge are works, each edge has evidence, and evidence has an edge unless it was
-- withdrawn.
-- Level: fail
with evidence as (
    select distinct
        citing_work_id,
        cited_work_id
    from core.citation_evidence
    where withdrawn_in_run_id is null
)

select
    citation.citing_work_id,
    citation.cited_work_id,
    'no such work' as problem
from core.citation as citation
left join core.work as citing on citation.citing_work_id = citing.work_id
left join core.work as cited on citation.cited_work_id = cited.work_id
where citing.work_id is null or cited.work_id is null
union all
select
    coalesce(citation.citing_work_id, evidence.citing_work_id) as citing_work_id,
    coalesce(citation.cited_work_id, evidence.cited_work_id) as cited_work_id,
    'edge and evidence differ' as problem
from core.citation as citation
full join evidence
    on
        citation.citing_work_id = evidence.citing_work_id
        and citation.cited_work_id = evidence.cited_work_id
where citation.citing_work_id is null or evidence.citing_work_id is null
