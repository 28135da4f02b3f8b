-- Of how many cited DOIs each source has a record, by its last answer up to a run. DOIs that are
-- another agency's do not count.
-- Grain: one row a source, ordered by it. Parameter: $run_id.
-- Reads: core.source_count
with latest as (
    select
        source,
        cited_doi,
        arg_max(state, run_id) as state,
        arg_max(cause, run_id) as cause
    from core.source_count
    where run_id <= $run_id
    group by
        source,
        cited_doi
)

select
    source,
    count(*) as asked_count,
    count(*) filter (where state = 'known') as known_count,
    count(*) filter (where state = 'failed') as failed_count
from latest
where
    cause is null
    or not (starts_with(cause, 'registered with ') or cause = 'prefix not registered')
group by source
order by source
