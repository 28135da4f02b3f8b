-- The cited DOIs that were ever asked about, as asked.
-- Grain: doi.
-- Reads: staging.run_doi, staging.token_work
with asked as (
    select
        doi,
        'doi:' || doi as token,
        arg_max(requested_as, run_id) as requested_as,
        min(run_id) as first_run_id,
        max(run_id) as last_run_id
    from staging.run_doi
    group by doi
)

select
    asked.doi,
    asked.requested_as,
    coalesce(token_work.work_id, asked.token) as work_id,
    asked.first_run_id,
    asked.last_run_id
from asked
left join staging.token_work as token_work on asked.token = token_work.token
