-- The citing works of a page, described, in the order of the page.
-- Grain: one row a citing work. Parameter: $citing_work_ids: in order.
-- Reads: the temporary citing, declared, facet_value, signed and sliced_work
with page as (
    select
        unnest($citing_work_ids) as citing_work_id,
        generate_subscripts($citing_work_ids, 1) as place
),

byline as (
    select
        signed.citing_work_id,
        list(signed.name order by signed.position) as authors
    from signed
    semi join page on signed.citing_work_id = page.citing_work_id
    group by signed.citing_work_id
),

sources as (
    select
        has.citing_work_id,
        list(has.value order by has.value) as sources
    from facet_value as has
    semi join page on has.citing_work_id = page.citing_work_id
    where has.facet = 'source'
    group by has.citing_work_id
)

select
    page.citing_work_id as work_id,
    citing.doi,
    citing.title,
    byline.authors,
    citing.container_title,
    citing.published_date,
    citing.published_year,
    citing.publication_type,
    citing.is_retracted,
    citing.oa_url,
    declared.cited_by_count,
    citing.is_self_citation,
    sliced.statement_count,
    coalesce(sources.sources, []) as sources
from page
inner join citing on page.citing_work_id = citing.citing_work_id
inner join sliced_work as sliced on page.citing_work_id = sliced.citing_work_id
left join declared on page.citing_work_id = declared.citing_work_id
left join byline on page.citing_work_id = byline.citing_work_id
left join sources on page.citing_work_id = sources.citing_work_id
order by page.place
