-- A state is known, not_indexed or failed.
-- Level: fail
select
    'core.source_count' as table_name,
    cited_doi,
    state
from core.source_count
where state not in ('known', 'not_indexed', 'failed')
union all
select
    'mart.tally' as table_name,
    cited_doi,
    state
from mart.tally
where state not in ('known', 'not_indexed', 'failed')
