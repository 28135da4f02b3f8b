-- No two rows of a staging table have the same key.
-- Level: fail
select
    'staging.answer' as table_name,
    cast(row(run_id, source, request_key) as varchar) as row_key,
    count(*) as row_count
from staging.answer
group by
    run_id,
    source,
    request_key
having count(*) > 1
union all
select
    'staging.run_doi' as table_name,
    cast(row(run_id, doi) as varchar) as row_key,
    count(*) as row_count
from staging.run_doi
group by
    run_id,
    doi
having count(*) > 1
union all
select
    'staging.sighting' as table_name,
    cast(row(run_id, source, request_key, record_index) as varchar) as row_key,
    count(*) as row_count
from staging.sighting
group by
    run_id,
    source,
    request_key,
    record_index
having count(*) > 1
union all
select
    'staging.work_record' as table_name,
    cast(row(source, record_key) as varchar) as row_key,
    count(*) as row_count
from staging.work_record
group by
    source,
    record_key
having count(*) > 1
union all
select
    'staging.citation_record' as table_name,
    cast(row(source, record_key) as varchar) as row_key,
    count(*) as row_count
from staging.citation_record
group by
    source,
    record_key
having count(*) > 1
union all
select
    'staging.agency_record' as table_name,
    cast(row(source, prefix) as varchar) as row_key,
    count(*) as row_count
from staging.agency_record
group by
    source,
    prefix
having count(*) > 1
union all
select
    'staging.count_record' as table_name,
    cast(row(source, doi) as varchar) as row_key,
    count(*) as row_count
from staging.count_record
group by
    source,
    doi
having count(*) > 1
union all
select
    'staging.reject_record' as table_name,
    cast(row(run_id, source, request_key, record_index) as varchar) as row_key,
    count(*) as row_count
from staging.reject_record
group by
    run_id,
    source,
    request_key,
    record_index
having count(*) > 1
union all
select
    'staging.token_work' as table_name,
    cast(token as varchar) as row_key,
    count(*) as row_count
from staging.token_work
group by token
having count(*) > 1
union all
select
    'staging.work_group' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from staging.work_group
group by work_id
having count(*) > 1
union all
select
    'staging.record_work' as table_name,
    cast(row(source, record_key) as varchar) as row_key,
    count(*) as row_count
from staging.record_work
group by
    source,
    record_key
having count(*) > 1
union all
select
    'staging.merged_record' as table_name,
    cast(row(source, record_key, work_id) as varchar) as row_key,
    count(*) as row_count
from staging.merged_record
group by
    source,
    record_key,
    work_id
having count(*) > 1
union all
select
    'staging.work_answer' as table_name,
    cast(row(run_id, source, work_id, role, request_id, named) as varchar) as row_key,
    count(*) as row_count
from staging.work_answer
group by
    run_id,
    source,
    work_id,
    role,
    request_id,
    named
having count(*) > 1
union all
select
    'staging.work_list' as table_name,
    cast(row(run_id, source, work_id) as varchar) as row_key,
    count(*) as row_count
from staging.work_list
group by
    run_id,
    source,
    work_id
having count(*) > 1
union all
select
    'staging.work_description' as table_name,
    cast(row(run_id, source, work_id) as varchar) as row_key,
    count(*) as row_count
from staging.work_description
group by
    run_id,
    source,
    work_id
having count(*) > 1
union all
select
    'staging.edge_said' as table_name,
    cast(row(citing_work_id, cited_work_id, source, record_key) as varchar) as row_key,
    count(*) as row_count
from staging.edge_said
group by
    citing_work_id,
    cited_work_id,
    source,
    record_key
having count(*) > 1
union all
select
    'staging.edge' as table_name,
    cast(row(citing_work_id, cited_work_id, source, record_key) as varchar) as row_key,
    count(*) as row_count
from staging.edge
group by
    citing_work_id,
    cited_work_id,
    source,
    record_key
having count(*) > 1
union all
select
    'staging.edge_count' as table_name,
    cast(row(cited_work_id, source, run_id) as varchar) as row_key,
    count(*) as row_count
from staging.edge_count
group by
    cited_work_id,
    source,
    run_id
having count(*) > 1
union all
select
    'staging.chain' as table_name,
    cast(row(run_id, source, chain) as varchar) as row_key,
    count(*) as row_count
from staging.chain
group by
    run_id,
    source,
    chain
having count(*) > 1
union all
select
    'staging.work_choice' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from staging.work_choice
group by work_id
having count(*) > 1
union all
select
    'staging.type_choice' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from staging.type_choice
group by work_id
having count(*) > 1
union all
select
    'staging.cited_state' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from staging.cited_state
group by work_id
having count(*) > 1
union all
select
    'staging.author_key' as table_name,
    cast(row(work_id, position) as varchar) as row_key,
    count(*) as row_count
from staging.author_key
group by
    work_id,
    position
having count(*) > 1
union all
select
    'staging.reference_run' as table_name,
    cast(row(source, record_key, token, run_id) as varchar) as row_key,
    count(*) as row_count
from staging.reference_run
group by
    source,
    record_key,
    token,
    run_id
having count(*) > 1
union all
select
    'staging.edge_sighting' as table_name,
    cast(row(run_id, source, work_id) as varchar) as row_key,
    count(*) as row_count
from staging.edge_sighting
group by
    run_id,
    source,
    work_id
having count(*) > 1
union all
select
    'staging.look_up_record' as table_name,
    cast(row(source, record_key) as varchar) as row_key,
    count(*) as row_count
from staging.look_up_record
group by
    source,
    record_key
having count(*) > 1
union all
select
    'staging.abstract_choice' as table_name,
    cast(work_id as varchar) as row_key,
    count(*) as row_count
from staging.abstract_choice
group by work_id
having count(*) > 1
