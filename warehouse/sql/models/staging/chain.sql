-- The lists of citing works that were asked for, each with all its pages, and whether it is
-- whole: every page came, and as many different rows as declared; where nothing is declared, the
-- last page must have no successor.
-- Grain: run_id, source, chain.
-- Reads: staging.answer, staging.sighting, staging.absent_record
with answer as (
    select
        answer.run_id,
        answer.source,
        answer.request_key,
        answer.chain,
        answer.page,
        answer.subjects,
        answer.outcome,
        answer.received,
        answer.rejected,
        answer.declared_total,
        answer.next_cursor
    from staging.answer as answer
    where answer.role = 'citing'
),

page as (
    select
        run_id,
        source,
        chain,
        max(len(subjects)) as subject_count,
        count(*) as page_count,
        arg_min(declared_total, page) as declared_start,
        arg_max(declared_total, page) as declared_end,
        -- what a 404 receives says that there is nothing
        sum(received) filter (where outcome <> 'not_found') as row_count,
        sum(rejected) as rejected_count,
        coalesce(
            arg_min(outcome, page) filter (where outcome not in ('ok', 'not_found')), 'ok'
        ) as outcome,
        max(page) = count(*) as is_gapless,
        max(page) = max(page) filter (where next_cursor is null) as is_ended
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
    page.subject_count,
    page.page_count,
    page.declared_start,
    page.declared_end,
    coalesce(page.row_count, 0) as row_count,
    coalesce(unique_row.unique_row_count, 0) as unique_row_count,
    page.rejected_count,
    coalesce(no_identifier.no_identifier_count, 0) as no_identifier_count,
    page.outcome,
    page.outcome = 'ok'
    and page.is_gapless
    -- a full last page offers a successor, which nobody asks for when all that was declared came
    and (page.declared_start is not null or coalesce(page.is_ended, false))
    -- a row that came twice does not make up for one that did not come
    and coalesce(unique_row.unique_row_count, 0)
    + page.rejected_count
    + coalesce(no_identifier.no_identifier_count, 0)
    >= coalesce(greatest(page.declared_start, page.declared_end), 0) as is_whole
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
