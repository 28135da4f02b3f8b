-- How each list was closed. A list is complete if it holds what it declares itself; a list of
-- citing works that declares nothing, what the source counts for the very identifier that was
-- asked about. Without such a number nothing says that rows are all.
--
-- is_proof says more: what the list does not hold is not there. Rows that cannot be told apart
-- (rejected, without identifier) may stand on two pages, one in the place of a lost row; and of a
-- list that is measured by a count of works, two rows of one work may hide a lost one.
-- A list that grew on the way and has all rows is complete. A row that came twice does no harm if
-- all that was declared came as well.
-- Grain: run_id, source, chain.
-- Reads: staging.chain, staging.work_answer, staging.work_description, staging.sighting,
--        staging.answer, staging.citation_record, staging.token_work
with chain_work as (
    select distinct
        run_id,
        source,
        chain,
        work_id
    from staging.work_answer
    where role = 'citing'
),

-- of the works that the list is about
described as (
    select
        chain_work.run_id,
        chain_work.source,
        chain_work.chain,
        bool_or(description.declared_count > 0) as is_counted,
        bool_and(
            coalesce(description.is_described and description.declared_count = 0, false)
        ) as is_zero
    from chain_work
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

unmeasured as (
    select
        run_id,
        source,
        chain,
        unnest(subjects) as named
    from staging.chain
    where role = 'citing' and declared_start is null
),

-- by a question for the number alone, or in the record that has the list
counted as (
    select
        unmeasured.run_id,
        unmeasured.source,
        unmeasured.chain,
        max(sighting.declared_count) as declared_count
    from unmeasured
    inner join staging.sighting as sighting
        on
            unmeasured.run_id = sighting.run_id
            and unmeasured.source = sighting.source
            and unmeasured.named = sighting.record_key
    where sighting.kind in ('count', 'work')
    group by
        unmeasured.run_id,
        unmeasured.source,
        unmeasured.chain
),

citing_work as (
    select
        answer.run_id,
        answer.source,
        answer.chain,
        count(distinct coalesce(token_work.work_id, record.citing_tokens[1])) as work_count
    from staging.answer as answer
    semi join unmeasured
        on
            answer.run_id = unmeasured.run_id
            and answer.source = unmeasured.source
            and answer.chain = unmeasured.chain
    inner join staging.sighting as sighting
        on
            answer.run_id = sighting.run_id
            and answer.source = sighting.source
            and answer.request_key = sighting.request_key
    inner join staging.citation_record as record
        on sighting.source = record.source and sighting.record_key = record.record_key
    left join staging.token_work as token_work on record.citing_tokens[1] = token_work.token
    where sighting.kind = 'citation'
    group by
        answer.run_id,
        answer.source,
        answer.chain
),

measured as (
    select
        listed.*,
        listed.rejected_count + listed.no_identifier_count as unusable_count,
        listed.role = 'citing' and listed.declared_start is null as is_unmeasured,
        counted.declared_count as counted,
        coalesce(citing_work.work_count, 0) as work_count,
        case
            when listed.declared_start is null then coalesce(described.is_zero, false)
            else not coalesce(described.is_counted, false)
        end as is_proven_zero
    from staging.chain as listed
    left join described
        on
            listed.run_id = described.run_id
            and listed.source = described.source
            and listed.chain = described.chain
    left join counted
        on
            listed.run_id = counted.run_id
            and listed.source = counted.source
            and listed.chain = counted.chain
    left join citing_work
        on
            listed.run_id = citing_work.run_id
            and listed.source = citing_work.source
            and listed.chain = citing_work.chain
),

weighed as (
    select
        *,
        unique_row_count + unusable_count < coalesce(declared_most, 0)
        -- a full last page offers a successor, which nobody asks for when all that was declared
        -- came
        or (declared_start is null and not is_ended) as is_short,
        is_unmeasured
        and row_count > 0
        and (counted is null or unique_row_count + unusable_count < counted) as is_below_count
    from measured
),

judged as (
    select
        *,
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
    verdict,
    outcome = 'ok' and is_gapless and not has_repeated_cursor as is_unbroken,
    verdict = 'complete'
    and (page_count = 1 or unusable_count = 0)
    and not (is_unmeasured and row_count > 0 and work_count + unusable_count < counted)
        as is_proof
from judged
