-- The lists that were asked for, of citing works and of references, each with all its pages, in
-- numbers. core.certificate judges them.
-- Grain: run_id, source, chain.
-- Reads: staging.answer, staging.sighting, staging.absent_record
with answer as (
    select
        run_id,
        source,
        request_key,
        role,
        chain,
        page,
        subjects,
        outcome,
        received,
        parsed,
        rejected,
        declared_total,
        next_cursor,
        declared_total < lag(declared_total) over (
            partition by run_id, source, chain
            order by page
        ) as is_shorter
    from staging.answer
    where role in ('citing', 'references')
),

page as (
    select
        run_id,
        source,
        chain,
        arg_min(role, page) as role,
        arg_min(subjects, page) as subjects,
        max(len(subjects)) as subject_count,
        count(*) as page_count,
        arg_min(declared_total, page) as declared_start,
        arg_max(declared_total, page) as declared_end,
        max(declared_total) as declared_most,
        -- what a 404 receives says that there is nothing
        sum(received) filter (where outcome <> 'not_found') as row_count,
        sum(parsed) as parsed_count,
        sum(rejected) as rejected_count,
        coalesce(
            -- a later page that is not found is a page that failed
            arg_min(outcome, page) filter (
                where outcome not in ('ok', 'not_found') or (outcome = 'not_found' and page > 1)
            ),
            'ok'
        ) as outcome,
        sha256(string_agg(request_key, chr(10) order by page)) as page_digest,
        max(page) = count(*) as is_gapless,
        coalesce(max(page) = max(page) filter (where next_cursor is null), false) as is_ended,
        coalesce(bool_or(is_shorter), false) as has_shrunk,
        count(next_cursor) > count(distinct next_cursor) as has_repeated_cursor
    from answer
    group by
        run_id,
        source,
        chain
),

unique_row as (
    select
        answer.run_id,
        answer.source,
        answer.chain,
        count(distinct sighting.record_key) as unique_row_count
    from answer
    inner join staging.sighting as sighting
        on
            answer.run_id = sighting.run_id
            and answer.source = sighting.source
            and answer.request_key = sighting.request_key
    group by
        answer.run_id,
        answer.source,
        answer.chain
),

no_identifier as (
    select
        answer.run_id,
        answer.source,
        answer.chain,
        count(*) as no_identifier_count
    from answer
    inner join staging.absent_record as absent
        on
            answer.run_id = absent.run_id
            and answer.source = absent.source
            and answer.request_key = absent.request_key
    where absent.cause = 'no identifier'
    group by
        answer.run_id,
        answer.source,
        answer.chain
)

select
    page.run_id,
    page.source,
    page.chain,
    page.role,
    page.subjects,
    page.subject_count,
    page.page_count,
    page.declared_start,
    page.declared_end,
    page.declared_most,
    coalesce(page.row_count, 0) as row_count,
    coalesce(unique_row.unique_row_count, 0) as unique_row_count,
    page.parsed_count - coalesce(unique_row.unique_row_count, 0) as repeat_count,
    page.rejected_count,
    coalesce(no_identifier.no_identifier_count, 0) as no_identifier_count,
    page.outcome,
    page.page_digest,
    page.is_gapless,
    page.is_ended,
    page.has_shrunk,
    page.has_repeated_cursor
from page
left join unique_row
    on
        page.run_id = unique_row.run_id
        and page.source = unique_row.source
        and page.chain = unique_row.chain
left join no_identifier
    on
        page.run_id = no_identifier.run_id
        and page.source = no_identifier.source
        and page.chain = no_identifier.chain
