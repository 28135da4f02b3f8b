-- The list of citing works that a source gave for a cited work: all chains of pages that speak
-- for it (a work may have several records in a source, each with its own list).
-- Grain: run_id, source, work_id.
-- Reads: staging.work_answer, staging.chain
with chain_of_work as (
    select distinct
        run_id,
        source,
        work_id,
        chain
    from staging.work_answer
    where role = 'citing'
)

select
    chain_of_work.run_id,
    chain_of_work.source,
    chain_of_work.work_id,
    bool_and(chain.is_whole) as is_whole,
    max(chain.subject_count) as subject_count,
    sum(chain.page_count) as page_count,
    sum(chain.declared_start) as declared_start,
    sum(chain.declared_end) as declared_end,
    sum(chain.row_count) as row_count,
    sum(chain.unique_row_count) as unique_row_count,
    -- a list about several works cannot say whose these are
    case when max(chain.subject_count) = 1 then sum(chain.rejected_count) end
        as rejected_count,
    case when max(chain.subject_count) = 1 then sum(chain.no_identifier_count) end
        as no_identifier_count
from chain_of_work
inner join staging.chain as chain
    on
        chain_of_work.run_id = chain.run_id
        and chain_of_work.source = chain.source
        and chain_of_work.chain = chain.chain
group by
    chain_of_work.run_id,
    chain_of_work.source,
    chain_of_work.work_id
