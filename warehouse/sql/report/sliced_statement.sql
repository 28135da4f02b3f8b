-- Each statement against the choice: in how many facets of statements it has none of the chosen
-- values, and one of these facets. Words are a facet of their own.
-- Grain: one row a statement. Parameter: $looked_for: whether for words.
-- Reads: the temporary stated, stated_value, chosen and found
create or replace temp table sliced_statement as
with asked as (
    select distinct facet
    from chosen
    where facet in ('section', 'stance')
),

failure as (
    select
        stated.statement_id,
        asked.facet
    from stated
    cross join asked
    left join stated_value as has
        on stated.statement_id = has.statement_id and asked.facet = has.facet
    left join chosen
        on asked.facet = chosen.facet and coalesce(has.value, 'unknown') = chosen.value
    where chosen.facet is null
    union all
    select
        stated.statement_id,
        'words' as facet
    from stated
    anti join found on stated.statement_id = found.statement_id
    where $looked_for
),

failed as (
    select
        statement_id,
        count(*) as failure_count,
        min(facet) as facet
    from failure
    group by statement_id
)

select
    stated.statement_id,
    stated.citing_work_id,
    stated.section,
    stated.stance,
    stated.confidence,
    stated.mention_count,
    stated.text_offset,
    found.place as found_place,
    failed.facet as failed_facet,
    coalesce(failed.failure_count, 0) as failure_count
from stated
left join failed on stated.statement_id = failed.statement_id
left join found on stated.statement_id = found.statement_id
