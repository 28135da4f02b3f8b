-- Which answers speak for a cited work, and by which of its identifiers. Batches are divided, and
-- what a batch drops is asked for alone, so of the answers that name an identifier, those about
-- the fewest count. Another identifier of the work has answers of its own. An answer that was
-- divided has no subjects and speaks for nothing.
-- Grain: run_id, source, work_id, role, request_id, named.
-- Reads: staging.answer, staging.token_work, core.cited_doi
with subject as (
    select
        run_id,
        source,
        role,
        md5_number(request_key) as request_id,
        md5_number(chain) as chain_id,
        page,
        outcome,
        len(subjects) as subject_count,
        unnest(subjects) as named
    from staging.answer
    where role in ('work', 'citing', 'count')
),

-- subjects are bare DOIs or tokens
token as (
    select
        *,
        case when starts_with(named, '10.') then 'doi:' || named else named end as token
    from subject
),

covered as (
    select distinct
        token.run_id,
        token.source,
        coalesce(token_work.work_id, token.token) as work_id,
        token.role,
        token.named,
        token.request_id,
        token.chain_id,
        token.page,
        token.subject_count,
        token.outcome
    from token
    left join staging.token_work as token_work on token.token = token_work.token
)

select
    covered.run_id,
    covered.source,
    covered.work_id,
    covered.role,
    covered.named,
    covered.request_id,
    covered.chain_id,
    covered.page,
    covered.subject_count,
    covered.outcome
from covered
semi join core.cited_doi as cited_doi on covered.work_id = cited_doi.work_id
qualify
    rank() over (
        partition by
            covered.run_id, covered.source, covered.work_id, covered.role, covered.named
        order by covered.subject_count
    ) = 1
