-- The citing works of a page, in its order.
-- Grain: one row a citing work. Parameters: $ordering, $limit, $offset; $stated_only: those with
-- chosen statements.
-- Reads: the temporary citing, declared, sliced_work and sliced_statement
with stance as (
    select
        citing_work_id,
        min(found_place) as found_place,
        count(*) filter (where stance in ('supporting', 'contrasting')) as taken_count,
        max(confidence) filter (where stance in ('supporting', 'contrasting')) as confidence,
        sum(mention_count) as mention_count
    from sliced_statement
    where failure_count = 0
    group by citing_work_id
)

select work.citing_work_id
from sliced_work as work
inner join citing on work.citing_work_id = citing.citing_work_id
left join declared on work.citing_work_id = declared.citing_work_id
left join stance on work.citing_work_id = stance.citing_work_id
where
    work.failure_count = 0
    and work.is_stated_so
    and (work.statement_count > 0 or not $stated_only)
order by
    case when $ordering = 'relevance' then stance.found_place end asc nulls last,
    case when $ordering = 'relevance' then stance.taken_count end desc nulls last,
    case when $ordering = 'relevance' then stance.mention_count end desc nulls last,
    case when $ordering = 'confidence' then stance.confidence end desc nulls last,
    case when $ordering = 'most_cited' then declared.cited_by_count end desc nulls last,
    case when $ordering = 'oldest' then citing.published_date end asc nulls last,
    citing.published_date desc nulls last,
    work.citing_work_id asc
limit $limit offset $offset
