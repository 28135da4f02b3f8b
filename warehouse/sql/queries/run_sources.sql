-- What each source did in one run; also of those that had nothing to be asked.
-- Grain: one row a source, ordered by its name. Parameter: $run_id.
-- Reads: core.fetch, core.run_source, core.source_count
with answers as (
    select
        source,
        sum(attempts) as requests,
        sum(greatest(attempts - 1, 0)) as retries,
        sum(body_bytes) as received_bytes
    from core."fetch"
    where run_id = $run_id
    group by source
),

states as (
    select
        source,
        count(*) as asked,
        count(*) filter (where state = 'known') as known,
        count(*) filter (where state = 'not_indexed') as not_indexed,
        count(*) filter (where state = 'failed') as failed
    from core.source_count
    where run_id = $run_id
    group by source
)

select
    coalesce(answers.source, states.source) as source,
    coalesce(states.asked, 0) as asked,
    coalesce(states.known, 0) as known,
    coalesce(states.not_indexed, 0) as not_indexed,
    coalesce(states.failed, 0) as failed,
    coalesce(totals.received, 0) as received,
    coalesce(totals.loaded, 0) as loaded,
    coalesce(totals.duplicate, 0) as duplicate,
    coalesce(totals.rejected, 0) as rejected,
    coalesce(totals.absent, 0) as absent,
    coalesce(answers.requests, 0) as requests,
    coalesce(answers.retries, 0) as retries,
    coalesce(answers.received_bytes, 0) as received_bytes
from answers
full join states on answers.source = states.source
left join core.run_source as totals
    on answers.source = totals.source and totals.run_id = $run_id
order by coalesce(answers.source, states.source)
