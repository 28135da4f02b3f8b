-- How many units every facet has: in all, with a value, without one, and with none that is shown.
-- Grain: facet; one without any unit has no row.
-- Reads: the temporary facet_unit and facet_shown
with marked as (
    select
        unit.facet,
        unit.unit_id,
        unit.value,
        shown.value is not null as is_shown
    from facet_unit as unit
    left join facet_shown as shown on unit.facet = shown.facet and unit.value = shown.value
),

-- a citing work has several authors and sources, and one row of everything else at most
unit as (
    select
        facet,
        value is not null as has_value,
        is_shown
    from marked
    where facet not in ('author', 'source')
    union all
    select
        facet,
        bool_or(value is not null) as has_value,
        bool_or(is_shown) as is_shown
    from marked
    where facet in ('author', 'source')
    group by
        facet,
        unit_id
),

valued as (
    select
        facet,
        count(distinct value) as value_count
    from facet_unit
    group by facet
)

select
    unit.facet,
    valued.value_count,
    count(*) as population,
    count(*) filter (where unit.has_value) as counted,
    count(*) filter (where not unit.has_value) as excluded,
    count(*) filter (where unit.has_value and not unit.is_shown) as not_shown
from unit
inner join valued on unit.facet = valued.facet
group by
    unit.facet,
    valued.value_count
