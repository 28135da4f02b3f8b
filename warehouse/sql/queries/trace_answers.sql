-- The answers that speak for a cited work, of the run in which each source was last asked.
-- Grain: one row an answer, by source, role, chain and page. Parameter: $work_id.
-- Reads: staging.work_answer, staging.answer, core.certificate
with speaks as (
    select distinct
        run_id,
        source,
        request_id,
        role
    from staging.work_answer
    where work_id = $work_id
    qualify
        dense_rank() over (
            partition by source
            order by run_id desc
        ) = 1
)

select
    fetched.source,
    fetched.run_id,
    fetched.request_key,
    fetched.role,
    fetched.chain,
    fetched.page,
    fetched.url,
    fetched.http_status,
    fetched.outcome,
    fetched.fetched_at,
    fetched.attempts,
    fetched.received,
    fetched.raw_sha256,
    certificate.verdict
from speaks
inner join staging.answer as fetched
    on
        speaks.run_id = fetched.run_id
        and speaks.source = fetched.source
        and speaks.request_id = md5_number(fetched.request_key)
left join core.certificate as certificate
    on
        fetched.run_id = certificate.run_id
        and fetched.source = certificate.source
        and fetched.chain = certificate.chain
order by
    fetched.source,
    fetched.role,
    fetched.chain,
    fetched.page
