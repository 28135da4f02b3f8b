-- The cited DOIs that were ever asked about, as asked.
-- Grain: doi.
-- Reads: staging.run_doi, staging.token_work, core.run
with asked as (
    select
        run_doi.doi,
        'doi:' || run_doi.doi as token,
        -- in a night, nobody types
        coalesce(
            arg_max(run_doi.requested_as, run_doi.run_id) filter (
                where run.command <> 'nightly'
            ),
            run_doi.doi
        ) as requested_as,
        min(run_doi.run_id) as first_run_id,
        max(run_doi.run_id) as last_run_id
    from staging.run_doi as run_doi
    inner join core.run as run on run_doi.run_id = run.run_id
    group by run_doi.doi
)

select
    asked.doi,
    asked.requested_as,
    coalesce(token_work.work_id, asked.token) as work_id,
    asked.first_run_id,
    asked.last_run_id
from asked
left join staging.token_work as token_work on asked.token = token_work.token
