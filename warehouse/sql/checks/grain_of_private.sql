-- No two rows of the tables of contexts, of what is derived of them, and of the abstracts that are
-- kept private have the same key.
-- Level: fail
select
    'private.statement_witness' as table_name,
    cast(row(statement_id, source, record_key, context_index) as varchar) as row_key,
    count(*) as row_count
from private.statement_witness
group by
    statement_id,
    source,
    record_key,
    context_index
having count(*) > 1
union all
select
    'private.citation_context' as table_name,
    cast(
        row(citing_work_id, cited_work_id, source, record_key, context_index) as varchar
    ) as row_key,
    count(*) as row_count
from private.citation_context
group by
    citing_work_id,
    cited_work_id,
    source,
    record_key,
    context_index
having count(*) > 1
union all
select
    'core.citation_intent' as table_name,
    cast(row(citing_work_id, cited_work_id, source) as varchar) as row_key,
    count(*) as row_count
from core.citation_intent
group by
    citing_work_id,
    cited_work_id,
    source
having count(*) > 1
union all
select
    'private.abstract' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from private.abstract
group by work_id
having count(*) > 1
