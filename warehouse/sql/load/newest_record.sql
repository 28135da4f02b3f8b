-- Keep the newest record per source and ${key}: by run_id, then by ${rank}; equal ones stand
-- where they were found first. The step of every kind of record of which nothing but the newest
-- is kept; `warehouse.load` names the table ${table}, its staged rows ${incoming}, and the two
-- columns.
-- The narrow step comes first: whole rows are read once, and only those that won.

create or replace temp table newest as
select
    filename,
    file_row_number,
    min(run_id) over record as first_seen_run,
    max(run_id) over record as last_seen_run,
    min(fetched_at) over record as first_seen,
    max(fetched_at) over record as last_seen
from ${incoming}
window record as (partition by source, ${key})
qualify
    row_number() over (
        partition by source, ${key}
        order by
            run_id desc,
            ${rank} desc,
            request_key asc,
            record_index asc,
            filename asc,
            file_row_number asc
    ) = 1;

create or replace temp table arrived as
select
    incoming.* exclude (filename, file_row_number), -- noqa: AM04, RF02
    old.run_id is null
    or (incoming.run_id, incoming.${rank})
    > (old.run_id, old.${rank})
    or (
        (incoming.run_id, incoming.${rank})
        = (old.run_id, old.${rank})
        and (incoming.request_key, incoming.record_index) < (old.request_key, old.record_index)
    ) as is_newer,
    least(newest.first_seen_run, old.first_seen_run) as first_seen_run,
    greatest(newest.last_seen_run, old.last_seen_run) as last_seen_run,
    least(newest.first_seen, old.first_seen) as first_seen,
    greatest(newest.last_seen, old.last_seen) as last_seen
from ${incoming} as incoming
inner join newest
    on
        incoming.filename = newest.filename
        and incoming.file_row_number = newest.file_row_number
left join staging.${table} as old
    on incoming.source = old.source and incoming.${key} = old.${key};

delete from staging.${table} as old
using arrived
where
    arrived.is_newer
    and old.source = arrived.source
    and old.${key} = arrived.${key};

insert into staging.${table} by name
select * exclude (is_newer) -- noqa: AM04
from arrived
where is_newer;

-- what is known already may still have been seen earlier or later
update staging.${table} as old
set
    first_seen_run = arrived.first_seen_run,
    last_seen_run = arrived.last_seen_run,
    first_seen = arrived.first_seen,
    last_seen = arrived.last_seen
from arrived
where
    not arrived.is_newer
    and old.source = arrived.source
    and old.${key} = arrived.${key}
    and (
        old.first_seen_run <> arrived.first_seen_run
        or old.last_seen_run <> arrived.last_seen_run
        or old.first_seen <> arrived.first_seen
        or old.last_seen <> arrived.last_seen
    );

drop table arrived;
