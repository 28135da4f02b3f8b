-- What the citing works have in each facet of works; without a value in one there is no row.
-- Grain: facet, citing_work_id, value. Parameter: $work_id.
-- Reads: core.citation_evidence, and the temporary citing and signed
create or replace temp table facet_value as
select
    'year' as facet,
    citing_work_id,
    cast(published_year as varchar) as value
from citing
where published_year is not null
union all
select
    'type' as facet,
    citing_work_id,
    coalesce(publication_type, 'other') as value
from citing
union all
select
    'relationship' as facet,
    citing_work_id,
    case when is_self_citation then 'self' else 'independent' end as value
from citing
where is_self_citation is not null
union all
select
    'journal' as facet,
    citing_work_id,
    journal_key as value
from citing
where journal_key is not null
union all
select distinct
    'author' as facet,
    citing_work_id,
    author_key as value
from signed
union all
select distinct
    'source' as facet,
    evidence.citing_work_id,
    evidence.source as value
from core.citation_evidence as evidence
semi join citing on evidence.citing_work_id = citing.citing_work_id
where
    evidence.cited_work_id = $work_id
    and evidence.withdrawn_in_run_id is null
