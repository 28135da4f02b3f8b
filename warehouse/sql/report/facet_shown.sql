-- The values of every facet that are shown: the most frequent, and those that were chosen.
-- Grain: facet, value. Parameter: $facet_limit.
-- Reads: the temporary facet_unit, facet_label and chosen
create or replace temp table facet_shown as
-- a citing work stands once in each value of a facet of works
with counted as (
    select
        facet,
        value,
        count(*) as citing_work_count,
        cast(sum(statement_count) as bigint) as statement_count
    from facet_unit
    where value is not null and facet not in ('section', 'stance')
    group by
        facet,
        value
    union all
    select
        facet,
        value,
        count(distinct citing_work_id) as citing_work_count,
        count(*) as statement_count
    from facet_unit
    where value is not null and facet in ('section', 'stance')
    group by
        facet,
        value
),

-- a value that was chosen and that nothing has any more is shown with 0
named as (
    select
        facet,
        value
    from counted
    union
    select
        facet,
        value
    from chosen
    where value <> 'unknown'
),

labelled as (
    select
        named.facet,
        named.value,
        coalesce(label.label, named.value) as label,
        coalesce(counted.citing_work_count, 0) as citing_work_count,
        coalesce(counted.statement_count, 0) as statement_count,
        chosen.value is not null as is_chosen
    from named
    left join counted on named.facet = counted.facet and named.value = counted.value
    left join facet_label as label on named.facet = label.facet and named.value = label.value
    left join chosen on named.facet = chosen.facet and named.value = chosen.value
),

ranked as (
    select
        *,
        row_number() over (
            partition by facet
            order by
                citing_work_count desc,
                label asc,
                value asc
        ) as rank
    from labelled
)

select
    facet,
    value,
    label,
    citing_work_count,
    statement_count,
    is_chosen,
    rank
from ranked
where
    is_chosen
    or rank <= $facet_limit
    or facet in ('section', 'stance', 'relationship')
