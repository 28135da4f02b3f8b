-- A known tally is the number of edges that lead to the work, and each of its groups.
-- Level: fail
with edge as (
    select
        cited.doi as cited_doi,
        count(*) as citing_work_count,
        count(distinct version_group.version_group_id) as citing_group_count
    from core.citation as citation
    inner join core.work as cited on citation.cited_work_id = cited.work_id
    inner join core.version_group as version_group
        on citation.citing_work_id = version_group.work_id
    group by cited.doi
)

select
    tally.cited_doi,
    tally.citing_work_count,
    edge.citing_work_count as edge_work_count,
    tally.citing_group_count,
    edge.citing_group_count as edge_group_count
from mart.tally as tally
left join edge on tally.cited_doi = edge.cited_doi
where
    tally.state = 'known'
    and (
        tally.citing_work_count <> coalesce(edge.citing_work_count, 0)
        or tally.citing_group_count <> coalesce(edge.citing_group_count, 0)
    )
