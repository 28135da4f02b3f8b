-- Every cited work with its DOI, those that this publication took away among them.
-- Grain: work_id. Parameter: $publication_no.
-- Reads: core.cited_doi, core.work, history.core_cited_doi
create or replace temp table cited_name as
select
    work_id,
    min(doi) as cited_doi
from (
    select
        cited_doi.work_id,
        coalesce(work.doi, cited_doi.doi) as doi
    from core.cited_doi as cited_doi
    left join core.work as work on cited_doi.work_id = work.work_id
    union all
    select
        gone.work_id,
        gone.doi
    from history.core_cited_doi as gone
    where gone.publication_no = $publication_no and not gone.is_added
) as name
group by work_id;
