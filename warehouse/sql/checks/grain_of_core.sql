-- No two rows of a core table have the same key.
-- Level: fail
select
    'core.run' as table_name,
    cast(run_id as varchar) as row_key,
    count(*) as row_count
from core.run
group by run_id
having count(*) > 1
union all
select
    'core.run_source' as table_name,
    cast(row(run_id, source) as varchar) as row_key,
    count(*) as row_count
from core.run_source
group by
    run_id,
    source
having count(*) > 1
union all
select
    'core.cited_doi' as table_name,
    cast(doi as varchar) as row_key,
    count(*) as row_count
from core.cited_doi
group by doi
having count(*) > 1
union all
select
    'core.work' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from core.work
group by work_id
having count(*) > 1
union all
select
    'core.work_provenance' as table_name,
    cast(row(work_id, field) as varchar) as row_key,
    count(*) as row_count
from core.work_provenance
group by
    work_id,
    field
having count(*) > 1
union all
select
    'core.work_identifier' as table_name,
    cast(row(work_id, scheme, value) as varchar) as row_key,
    count(*) as row_count
from core.work_identifier
group by
    work_id,
    scheme,
    value
having count(*) > 1
union all
select
    'core.work_type' as table_name,
    cast(row(source, record_key) as varchar) as row_key,
    count(*) as row_count
from core.work_type
group by
    source,
    record_key
having count(*) > 1
union all
select
    'core.version_group' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from core.version_group
group by work_id
having count(*) > 1
union all
select
    'core.identity_conflict' as table_name,
    cast(row(token_a, token_b, source, record_key) as varchar) as row_key,
    count(*) as row_count
from core.identity_conflict
group by
    token_a,
    token_b,
    source,
    record_key
having count(*) > 1
union all
select
    'core.authorship' as table_name,
    cast(row(work_id, position) as varchar) as row_key,
    count(*) as row_count
from core.authorship
group by
    work_id,
    position
having count(*) > 1
union all
select
    'core.citation' as table_name,
    cast(row(citing_work_id, cited_work_id) as varchar) as row_key,
    count(*) as row_count
from core.citation
group by
    citing_work_id,
    cited_work_id
having count(*) > 1
union all
select
    'core.citation_evidence' as table_name,
    cast(row(citing_work_id, cited_work_id, source) as varchar) as row_key,
    count(*) as row_count
from core.citation_evidence
group by
    citing_work_id,
    cited_work_id,
    source
having count(*) > 1
union all
select
    'core.full_text' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from core.full_text
group by work_id
having count(*) > 1
union all
select
    'core.full_text_citation' as table_name,
    cast(row(citing_work_id, cited_work_id) as varchar) as row_key,
    count(*) as row_count
from core.full_text_citation
group by
    citing_work_id,
    cited_work_id
having count(*) > 1
union all
select
    'core.citation_statement' as table_name,
    cast(statement_id as varchar) as row_key,
    count(*) as row_count
from core.citation_statement
group by statement_id
having count(*) > 1
union all
select
    'core.stance' as table_name,
    cast(row(statement_id, model_version) as varchar) as row_key,
    count(*) as row_count
from core.stance
group by
    statement_id,
    model_version
having count(*) > 1
union all
select
    'core.stance_correction' as table_name,
    cast(decision_id as varchar) as row_key,
    count(*) as row_count
from core.stance_correction
group by decision_id
having count(*) > 1
union all
select
    'core.statement_stance' as table_name,
    cast(statement_id as varchar) as row_key,
    count(*) as row_count
from core.statement_stance
group by statement_id
having count(*) > 1
union all
select
    'core.notice' as table_name,
    cast(row(work_id, type, notice_doi) as varchar) as row_key,
    count(*) as row_count
from core.notice
group by
    work_id,
    type,
    notice_doi
having count(*) > 1
union all
select
    'core.source_count' as table_name,
    cast(row(cited_doi, source, run_id) as varchar) as row_key,
    count(*) as row_count
from core.source_count
group by
    cited_doi,
    source,
    run_id
having count(*) > 1
union all
select
    'core.source' as table_name,
    cast(source as varchar) as row_key,
    count(*) as row_count
from core.source
group by source
having count(*) > 1
union all
select
    'core.field_precedence' as table_name,
    cast(row(field, source) as varchar) as row_key,
    count(*) as row_count
from core.field_precedence
group by
    field,
    source
having count(*) > 1
union all
select
    'core.certificate' as table_name,
    cast(row(run_id, source, chain) as varchar) as row_key,
    count(*) as row_count
from core.certificate
group by
    run_id,
    source,
    chain
having count(*) > 1
union all
select
    'core.source_drift' as table_name,
    cast(row(run_id, source, endpoint, kind, name) as varchar) as row_key,
    count(*) as row_count
from core.source_drift
group by
    run_id,
    source,
    endpoint,
    kind,
    name
having count(*) > 1
union all
select
    'core.merge_log' as table_name,
    cast(row(token_a, token_b) as varchar) as row_key,
    count(*) as row_count
from core.merge_log
group by
    token_a,
    token_b
having count(*) > 1
union all
select
    'core.identity_decision' as table_name,
    cast(decision_id as varchar) as row_key,
    count(*) as row_count
from core.identity_decision
group by decision_id
having count(*) > 1
union all
select
    'core.abstract' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from core.abstract
group by work_id
having count(*) > 1
