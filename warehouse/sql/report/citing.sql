-- The citing side of one work, to be sliced: every citing work, described.
-- Grain: one row a citing work. Parameter: $work_id.
-- Reads: core.citation, core.work
create or replace temp table citing as
with edge as (
    select
        citing_work_id,
        is_self_citation
    from core.citation
    where cited_work_id = $work_id
)

select
    edge.citing_work_id,
    edge.is_self_citation,
    described.doi,
    described.title,
    described.container_title,
    described.published_date,
    described.published_year,
    described.publication_type,
    described.is_retracted,
    described.oa_url,
    coalesce('issn:' || described.issn_l, 'title:' || described.container_title) as journal_key
from edge
left join core.work as described on edge.citing_work_id = described.work_id
