-- The rows behind the number of citing works: each citing work, where it counts, who says so.
-- Grain: one row a citing work, newest first. Parameter: $work_id of the cited work.
-- Reads: core.citation, core.citation_evidence, core.work
select
    citation.citing_work_id,
    described.title,
    described.published_year as citing_year,
    described.publication_type,
    citation.is_self_citation,
    list(evidence.source order by evidence.source) as sources
from core.citation as citation
inner join core.work as described on citation.citing_work_id = described.work_id
inner join core.citation_evidence as evidence
    on
        citation.citing_work_id = evidence.citing_work_id
        and citation.cited_work_id = evidence.cited_work_id
        and evidence.withdrawn_in_run_id is null
where citation.cited_work_id = $work_id
group by all
order by
    citing_year desc nulls last,
    citation.citing_work_id asc
