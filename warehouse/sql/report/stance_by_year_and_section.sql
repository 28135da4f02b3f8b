-- The statements of the slice by the year of the citing work, section and stance, for charts.
-- Grain: citing_year, section, stance; the year null: not known.
-- Reads: the temporary citing, sliced_work and sliced_statement
select
    citing.published_year as citing_year,
    said.section,
    coalesce(said.stance, 'unclassified') as stance,
    count(*) as statement_count
from sliced_statement as said
inner join sliced_work as work on said.citing_work_id = work.citing_work_id
inner join citing on said.citing_work_id = citing.citing_work_id
where said.failure_count = 0 and work.failure_count = 0
group by
    citing.published_year,
    said.section,
    coalesce(said.stance, 'unclassified')
order by
    citing.published_year asc nulls last,
    said.section asc,
    coalesce(said.stance, 'unclassified') asc
