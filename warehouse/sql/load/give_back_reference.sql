-- A record that is given back loses the references that only forgotten runs have listed.
-- Before staging.reference_run is forgotten, which alone knows which these are.
with gone as (
    select
        source,
        record_key,
        list(token) as tokens
    from (
        select
            source,
            record_key,
            token
        from staging.reference_run
        group by
            source,
            record_key,
            token
        having bool_and(list_contains($run_ids, run_id))
    ) as token
    group by
        source,
        record_key
)

update staging.work_record
set "references" = list_filter("references", lambda token: not list_contains(gone.tokens, token))
from gone
where
    work_record.source = gone.source
    and work_record.record_key = gone.record_key
    and list_contains($run_ids, work_record.run_id)
    and not list_contains($run_ids, work_record.first_seen_run);
