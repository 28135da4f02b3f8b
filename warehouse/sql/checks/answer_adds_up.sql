-- For each answer: the records in the tables are as many as the answer says.
-- Level: fail
with counted as (
    select
        run_id,
        source,
        request_key,
        count(*) filter (where kind <> 'rejected' and kind <> 'absent') as parsed,
        count(*) filter (where kind = 'rejected') as rejected,
        count(*) filter (where kind = 'absent') as absent
    from (
        select
            run_id,
            source,
            request_key,
            kind
        from staging.sighting
        union all
        select
            run_id,
            source,
            request_key,
            'rejected' as kind
        from staging.reject_record
        union all
        select
            run_id,
            source,
            request_key,
            'absent' as kind
        from staging.absent_record
    ) as item
    group by
        run_id,
        source,
        request_key
)

select
    coalesce(answer.run_id, counted.run_id) as run_id,
    coalesce(answer.source, counted.source) as source,
    coalesce(answer.request_key, counted.request_key) as request_key,
    answer.parsed as said_parsed,
    counted.parsed as found_parsed,
    answer.rejected as said_rejected,
    counted.rejected as found_rejected,
    answer.absent as said_absent,
    counted.absent as found_absent
from staging.answer as answer
full join counted
    on
        answer.run_id = counted.run_id
        and answer.source = counted.source
        and answer.request_key = counted.request_key
where
    (coalesce(answer.parsed, 0), coalesce(answer.rejected, 0), coalesce(answer.absent, 0))
    <> (coalesce(counted.parsed, 0), coalesce(counted.rejected, 0), coalesce(counted.absent, 0))
