-- A source withdraws an edge only in a run after the one that last had it, and an edge that every
-- source has withdrawn is no citation any more.
-- Level: fail
select
    evidence.citing_work_id,
    evidence.cited_work_id,
    evidence.source,
    evidence.run_id,
    evidence.withdrawn_in_run_id
from core.citation_evidence as evidence
where evidence.withdrawn_in_run_id <= evidence.run_id
union all
select
    citation.citing_work_id,
    citation.cited_work_id,
    null as source,
    null as run_id,
    null as withdrawn_in_run_id
from core.citation as citation
anti join core.citation_evidence as evidence
    on
        citation.citing_work_id = evidence.citing_work_id
        and citation.cited_work_id = evidence.cited_work_id
        and evidence.withdrawn_in_run_id is null
