-- How each list was closed. A list proves what it lacks only if it is complete: its numbers are
-- held against what the list itself declares and, for lists of citing works, against what the
-- source counts where it describes the work or is asked for the number alone.
-- A list that grew on the way and has all rows is complete. A row that came twice does no harm if
-- all that was declared came as well.
-- Grain: run_id, source, chain.
-- Reads: staging.chain, staging.work_answer, staging.work_description, staging.sighting
with chain_work as (
    select distinct
        run_id,
        source,
        chain,
        work_id
    from staging.work_answer
    where role = 'citing'
),

-- a list that declares nothing is held against what is counted. A work may have several records
-- in a source, each with a list of its own: what they have together counts, each record once
listed as (
    select
        chain_work.run_id,
        chain_work.source,
        chain_work.work_id,
        sum(chain.rejected_count + chain.no_identifier_count) as unused_count
    from chain_work
    inner join staging.chain as chain
        on
            chain_work.run_id = chain.run_id
            and chain_work.source = chain.source
            and chain_work.chain = chain.chain
    where chain.declared_start is null
    group by
        chain_work.run_id,
        chain_work.source,
        chain_work.work_id
),

record as (
    select
        answer.run_id,
        answer.source,
        answer.work_id,
        count(distinct sighting.record_key) as record_count
    from staging.work_answer as answer
    semi join listed
        on
            answer.run_id = listed.run_id
            and answer.source = listed.source
            and answer.work_id = listed.work_id
    inner join staging.sighting as sighting
        on
            answer.run_id = sighting.run_id
            and answer.source = sighting.source
            and answer.request_key = sighting.request_key
    where answer.role = 'citing'
    group by
        answer.run_id,
        answer.source,
        answer.work_id
),

counted as (
    select
        chain_work.run_id,
        chain_work.source,
        chain_work.chain,
        bool_or(description.declared_count > 0) as is_counted,
        bool_and(
            coalesce(description.is_described and description.declared_count = 0, false)
        ) as is_zero,
        bool_or(
            listed.unused_count + coalesce(record.record_count, 0) < description.declared_count
        ) as is_below_count
    from chain_work
    left join listed
        on
            chain_work.run_id = listed.run_id
            and chain_work.source = listed.source
            and chain_work.work_id = listed.work_id
    left join record
        on
            chain_work.run_id = record.run_id
            and chain_work.source = record.source
            and chain_work.work_id = record.work_id
    left join staging.work_description as description
        on
            chain_work.run_id = description.run_id
            and chain_work.source = description.source
            and chain_work.work_id = description.work_id
    group by
        chain_work.run_id,
        chain_work.source,
        chain_work.chain
),

weighed as (
    select
        chain.*,
        chain.unique_row_count + chain.rejected_count + chain.no_identifier_count
        < coalesce(chain.declared_most, 0)
        -- a full last page offers a successor, which nobody asks for when all that was declared
        -- came
        or (chain.declared_start is null and not chain.is_ended) as is_short,
        chain.declared_start is null
        and chain.row_count > 0
        and coalesce(counted.is_below_count, false) as is_below_count,
        case
            when chain.declared_start is null then coalesce(counted.is_zero, false)
            else not coalesce(counted.is_counted, false)
        end as is_proven_zero
    from staging.chain as chain
    left join counted
        on
            chain.run_id = counted.run_id
            and chain.source = counted.source
            and chain.chain = counted.chain
)

select
    run_id,
    source,
    chain,
    role,
    subjects,
    declared_start,
    declared_end,
    row_count,
    unique_row_count,
    repeat_count,
    rejected_count,
    no_identifier_count,
    page_count,
    page_digest,
    outcome,
    outcome = 'ok' and is_gapless and not has_repeated_cursor as is_unbroken,
    case
        when outcome <> 'ok' or not is_gapless then 'truncated'
        when has_shrunk then 'shrank'
        when not is_short and not is_below_count and (row_count > 0 or is_proven_zero)
            then 'complete'
        when row_count = 0 and not is_short then 'ambiguous-empty'
        when repeat_count > 0 or has_repeated_cursor then 'repeated'
        else 'truncated'
    end as verdict
from weighed
