-- The population of every facet, unit by unit, with the values that each unit has in it: the slice
-- as it would be if nothing were chosen in that facet. Value null: none.
-- Grain: facet, unit_id, value.
-- Reads: the temporary facet_value, stated_value, sliced_work and sliced_statement
create or replace temp table facet_unit as
with facet_of_works as (
    select unnest(['year', 'type', 'relationship', 'author', 'journal', 'source']) as facet
),

facet_of_statements as (
    select unnest(['section', 'stance']) as facet
)

select
    facet_of_works.facet,
    work.citing_work_id as unit_id,
    work.citing_work_id,
    work.statement_count,
    has.value
from sliced_work as work
cross join facet_of_works
left join facet_value as has
    on work.citing_work_id = has.citing_work_id and facet_of_works.facet = has.facet
where
    work.is_stated_so
    and (
        work.failure_count = 0
        or (work.failure_count = 1 and work.failed_facet = facet_of_works.facet)
    )
union all
select
    facet_of_statements.facet,
    said.statement_id as unit_id,
    said.citing_work_id,
    1 as statement_count,
    has.value
from sliced_statement as said
cross join facet_of_statements
inner join sliced_work as work on said.citing_work_id = work.citing_work_id
left join stated_value as has
    on said.statement_id = has.statement_id and facet_of_statements.facet = has.facet
where
    work.failure_count = 0
    and (
        said.failure_count = 0
        or (said.failure_count = 1 and said.failed_facet = facet_of_statements.facet)
    )
