-- How each list was closed. A list is complete if it holds what it declares itself; a list of
-- citing works that declares nothing, what the source counts for the very identifier that was
-- asked about. Without such a number nothing says that rows are all.
--
-- is_proof says more: what the list does not hold is not there. A rejected row may be the very one
-- that is missed. Rows without identifier cannot be told apart, so one may stand on two pages, in
-- the place of a lost row; and of a list that is measured by a count of works, two rows of one
-- work may hide a lost one.
-- A list that grew on the way and has all rows is complete. A row that came twice does no harm if
-- all that was declared came as well.
-- Grain: run_id, source, chain.
-- Reads: staging.chain, staging.work_answer, staging.work_description, staging.work_record,
--        staging.record_work, staging.sighting, staging.answer, staging.citation_record,
--        staging.token_work, core.cited_doi
with chain_work as (
    select distinct
        run_id,
        source,
        chain_id,
        work_id
    from staging.work_answer
    where role = 'citing'
),

-- of the works that the list is about
described as (
    select
        chain_work.run_id,
        chain_work.source,
        chain_work.chain_id,
        bool_or(description.declared_count > 0) as is_counted,
        bool_and(coalesce(description.is_described, false)) as is_described
    from chain_work
    left join staging.work_description as description
        on
            chain_work.run_id = description.run_id
            and chain_work.source = description.source
            and chain_work.work_id = description.work_id
    group by
        chain_work.run_id,
        chain_work.source,
        chain_work.chain_id
),

named as (
    select
        run_id,
        source,
        chain,
        unnest(subjects) as name
    from staging.chain
    where role = 'citing'
),

-- the identifiers of the records of cited works
called as (
    select
        record.source,
        record.record_key,
        unnest(record.tokens) as token
    from staging.work_record as record
    inner join staging.record_work as record_work
        on record.source = record_work.source and record.record_key = record_work.record_key
    semi join core.cited_doi as cited_doi on record_work.work_id = cited_doi.work_id
),

-- by a question for the number alone, or in the record that has the list
told as (
    select
        named.run_id,
        named.source,
        named.chain,
        named.name,
        sighting.declared_count,
        true as is_by_name
    from named
    inner join staging.sighting as sighting
        on
            named.run_id = sighting.run_id
            and named.source = sighting.source
            and named.name = sighting.record_key
    where sighting.kind in ('count', 'work')
    union all
    select
        named.run_id,
        named.source,
        named.chain,
        named.name,
        sighting.declared_count,
        false as is_by_name
    from named
    inner join called
        on
            named.source = called.source
            and called.token
            = case
                when starts_with(named.name, '10.') then 'doi:' || named.name
                else named.name
            end
    inner join staging.sighting as sighting
        on
            named.run_id = sighting.run_id
            and called.source = sighting.source
            and called.record_key = sighting.record_key
    where sighting.kind = 'work'
),

-- of the very identifiers that were asked about, for another of the work has another list
own as (
    select
        named.run_id,
        named.source,
        named.chain,
        named.name,
        max(told.declared_count) as declared_count,
        max(told.declared_count) filter (where told.is_by_name) as declared_by_name
    from named
    left join told
        on
            named.run_id = told.run_id
            and named.source = told.source
            and named.chain = told.chain
            and named.name = told.name
    group by
        named.run_id,
        named.source,
        named.chain,
        named.name
),

counted as (
    select
        run_id,
        source,
        chain,
        max(declared_by_name) as declared_count,
        bool_or(declared_count > 0) as is_counted,
        bool_and(coalesce(declared_count = 0, false)) as is_zero
    from own
    group by
        run_id,
        source,
        chain
),

unmeasured as (
    select
        run_id,
        source,
        chain
    from staging.chain
    where role = 'citing' and declared_start is null
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
            when listed.declared_start is null
                then coalesce(described.is_described and counted.is_zero, false)
            else not coalesce(counted.is_counted, described.is_counted, false)
        end as is_proven_zero
    from staging.chain as listed
    left join described
        on
            listed.run_id = described.run_id
            and listed.source = described.source
            and md5_number(listed.chain) = described.chain_id
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
    and rejected_count = 0
    and (page_count = 1 or no_identifier_count = 0)
    and not (is_unmeasured and row_count > 0 and work_count + unusable_count < counted)
        as is_proof
from judged
