-- The citing works of the slice by year and type, for a chart.
-- Grain: citing_year, publication_type; the year null: not known.
-- Reads: the temporary citing and sliced_work
select
    citing.published_year as citing_year,
    coalesce(citing.publication_type, 'other') as publication_type,
    count(*) as citing_work_count
from sliced_work as work
inner join citing on work.citing_work_id = citing.citing_work_id
where work.failure_count = 0 and work.is_stated_so
group by
    citing.published_year,
    coalesce(citing.publication_type, 'other')
order by
    citing.published_year asc nulls last,
    coalesce(citing.publication_type, 'other') asc
