-- No two rows of the tables of full texts and of what was read in them have the same key.
-- Level: fail
select
    'staging.full_text_record' as table_name,
    cast(row(source, record_key) as varchar) as row_key,
    count(*) as row_count
from staging.full_text_record
group by
    source,
    record_key
having count(*) > 1
union all
select
    'staging.extraction' as table_name,
    cast(row(raw_sha256, cited_key) as varchar) as row_key,
    count(*) as row_count
from staging.extraction
group by
    raw_sha256,
    cited_key
having count(*) > 1
union all
select
    'staging.extracted_statement' as table_name,
    cast(row(raw_sha256, cited_key, text_offset) as varchar) as row_key,
    count(*) as row_count
from staging.extracted_statement
group by
    raw_sha256,
    cited_key,
    text_offset
having count(*) > 1
union all
select
    'staging.cited_name' as table_name,
    work_id as row_key,
    count(*) as row_count
from staging.cited_name
group by work_id
having count(*) > 1
union all
select
    'staging.judgement' as table_name,
    cast(row(judged_key, model_version) as varchar) as row_key,
    count(*) as row_count
from staging.judgement
group by
    judged_key,
    model_version
having count(*) > 1
union all
select
    'staging.edge_stance' as table_name,
    cast(row(citing_work_id, cited_work_id) as varchar) as row_key,
    count(*) as row_count
from staging.edge_stance
group by
    citing_work_id,
    cited_work_id
having count(*) > 1
union all
select
    'staging.stance_verdict' as table_name,
    decision_id as row_key,
    count(*) as row_count
from staging.stance_verdict
group by decision_id
having count(*) > 1
