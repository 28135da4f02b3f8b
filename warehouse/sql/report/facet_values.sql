-- The values of every facet that are shown, in the order in which they are shown.
-- Grain: facet, value.
-- Reads: the temporary facet_shown
select
    facet,
    value,
    label,
    citing_work_count,
    statement_count,
    is_chosen
from facet_shown
order by
    facet asc,
    case when facet = 'year' then try_cast(value as bigint) end desc nulls last,
    case
        when facet = 'section'
            then list_position(
                ['introduction', 'methods', 'results', 'discussion', 'conclusion', 'other'], value
            )
        when facet = 'stance'
            then list_position(
                ['supporting', 'mentioning', 'contrasting', 'unclassified'], value
            )
    end asc nulls last,
    rank asc
