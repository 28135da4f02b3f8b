-- Each citing work against the choice: in how many facets of works it has none of the chosen
-- values, one of these facets, and its statements that were chosen.
-- Grain: one row a citing work. Parameter: $by_statement: whether statements were chosen.
-- Reads: the temporary citing, facet_value, chosen and sliced_statement
create or replace temp table sliced_work as
with asked as (
    select distinct facet
    from chosen
    where facet not in ('section', 'stance')
),

passed as (
    select distinct
        citing.citing_work_id,
        asked.facet
    from citing
    cross join asked
    left join facet_value as has
        on citing.citing_work_id = has.citing_work_id and asked.facet = has.facet
    inner join chosen
        on asked.facet = chosen.facet and coalesce(has.value, 'unknown') = chosen.value
),

failed as (
    select
        citing.citing_work_id,
        count(*) as failure_count,
        min(asked.facet) as facet
    from citing
    cross join asked
    anti join passed
        on citing.citing_work_id = passed.citing_work_id and asked.facet = passed.facet
    group by citing.citing_work_id
),

stated_work as (
    select
        citing_work_id,
        count(*) filter (where failure_count = 0) as statement_count
    from sliced_statement
    group by citing_work_id
)

select
    citing.citing_work_id,
    failed.facet as failed_facet,
    coalesce(failed.failure_count, 0) as failure_count,
    coalesce(stated_work.statement_count, 0) as statement_count,
    stated_work.citing_work_id is not null as is_stated,
    coalesce(stated_work.statement_count, 0) > 0 or not $by_statement as is_stated_so
from citing
left join failed on citing.citing_work_id = failed.citing_work_id
left join stated_work on citing.citing_work_id = stated_work.citing_work_id
