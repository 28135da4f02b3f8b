-- Counts of citing works are null unless the state is known, and never null if it is.
-- Level: fail
select
    cited_doi,
    state,
    citing_work_count
from mart.tally
where (state = 'known') <> (citing_work_count is not null)
union all
select
    year_and_type.cited_doi,
    tally.state,
    year_and_type.citing_work_count
from mart.citations_by_year_and_type as year_and_type
left join mart.tally as tally on year_and_type.cited_doi = tally.cited_doi
where tally.state is distinct from 'known'
union all
select
    cited_doi,
    state,
    stored_count
from core.source_count
where
    (state = 'known' and stored_count is null)
    or (state = 'not_indexed' and stored_count is not null)
    or (state <> 'known' and cause is null)
