-- Keep the newest identifier record per source and record_key: by run_id, then by time.
-- The narrow step comes first: whole rows are read once, and only those that won.

create or replace temp table newest as
select
    filename,
    file_row_number,
    min(run_id) over record as first_seen_run,
    max(run_id) over record as last_seen_run,
    min(fetched_at) over record as first_seen,
    max(fetched_at) over record as last_seen
from incoming_identifier
window record as (partition by source, record_key)
qualify
    row_number() over (
        partition by source, record_key
        order by
            run_id desc,
            fetched_at desc,
            request_key asc,
            record_index asc,
            filename asc,
            file_row_number asc
    ) = 1;

create or replace temp table arrived as
select
    incoming.* exclude (filename, file_row_number), -- noqa: AM04, RF02
    old.run_id is null
    or (incoming.run_id, incoming.fetched_at)
    > (old.run_id, old.fetched_at)
    or (
        (incoming.run_id, incoming.fetched_at)
        = (old.run_id, old.fetched_at)
        and (incoming.request_key, incoming.record_index) < (old.request_key, old.record_index)
    ) as is_newer,
    least(newest.first_seen_run, old.first_seen_run) as first_seen_run,
    greatest(newest.last_seen_run, old.last_seen_run) as last_seen_run,
    least(newest.first_seen, old.first_seen) as first_seen,
    greatest(newest.last_seen, old.last_seen) as last_seen
from incoming_identifier as incoming
inner join newest
    on
        incoming.filename = newest.filename
        and incoming.file_row_number = newest.file_row_number
left join staging.identifier_record as old
    on incoming.source = old.source and incoming.record_key = old.record_key;

delete from staging.identifier_record
using arrived
where
    arrived.is_newer
    and identifier_record.source = arrived.source
    and identifier_record.record_key = arrived.record_key;

insert into staging.identifier_record by name
select * exclude (is_newer) -- noqa: AM04
from arrived
where is_newer;

-- what is known already may still have been seen earlier or later
update staging.identifier_record
set
    first_seen_run = arrived.first_seen_run,
    last_seen_run = arrived.last_seen_run,
    first_seen = arrived.first_seen,
    last_seen = arrived.last_seen
from arrived
where
    not arrived.is_newer
    and identifier_record.source = arrived.source
    and identifier_record.record_key = arrived.record_key
    and (
        identifier_record.first_seen_run <> arrived.first_seen_run
        or identifier_record.last_seen_run <> arrived.last_seen_run
        or identifier_record.first_seen <> arrived.first_seen
        or identifier_record.last_seen <> arrived.last_seen
    );

drop table arrived;
