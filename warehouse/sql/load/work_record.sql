-- Keep the newest work record per source and record_key: by run_id, then is_complete, then
-- content_hash; equal contents stand where they were found first. aliases and version_links are
-- those of all its versions in the newest run, for an answer about one DOI alone may tell more
-- of them than a list.
-- The narrow steps come first: wide rows are read once, and only those that won.

create or replace temp table newest as
select
    filename,
    file_row_number,
    min(run_id) over record as first_seen_run,
    max(run_id) over record as last_seen_run,
    min(fetched_at) over record as first_seen,
    max(fetched_at) over record as last_seen
from incoming_work
window record as (partition by source, record_key)
qualify
    row_number() over (
        partition by source, record_key
        order by
            run_id desc,
            is_complete desc,
            content_hash desc,
            request_key asc,
            record_index asc,
            filename asc,
            file_row_number asc
    ) = 1;

create or replace temp table linked as
select
    source,
    record_key,
    run_id,
    flatten(list(aliases)) as aliases,
    flatten(list(version_links)) as version_links
from incoming_work
where len(aliases) > 0 or len(version_links) > 0
group by
    source,
    record_key,
    run_id;

-- a run that is loaded in parts adds to its own links; an older run adds nothing
create or replace temp table arrived as
select
    incoming.filename,
    incoming.file_row_number,
    incoming.source,
    incoming.record_key,
    old.run_id is null
    or (incoming.run_id, incoming.is_complete, incoming.content_hash)
    > (old.run_id, old.is_complete, old.content_hash)
    or (
        (incoming.run_id, incoming.is_complete, incoming.content_hash)
        = (old.run_id, old.is_complete, old.content_hash)
        and (incoming.request_key, incoming.record_index) < (old.request_key, old.record_index)
    ) as is_newer,
    case
        when old.run_id > incoming.run_id then old.aliases
        else
            list_sort(list_distinct(
                coalesce(linked.aliases, [])
                || case when old.run_id = incoming.run_id then old.aliases else [] end
            ))
    end as aliases,
    case
        when old.run_id > incoming.run_id then old.version_links
        else
            list_sort(list_distinct(
                coalesce(linked.version_links, [])
                || case when old.run_id = incoming.run_id then old.version_links else [] end
            ))
    end as version_links,
    least(newest.first_seen_run, old.first_seen_run) as first_seen_run,
    greatest(newest.last_seen_run, old.last_seen_run) as last_seen_run,
    least(newest.first_seen, old.first_seen) as first_seen,
    greatest(newest.last_seen, old.last_seen) as last_seen
from incoming_work as incoming
inner join newest
    on
        incoming.filename = newest.filename
        and incoming.file_row_number = newest.file_row_number
left join linked
    on
        incoming.source = linked.source
        and incoming.record_key = linked.record_key
        and incoming.run_id = linked.run_id
left join staging.work_record as old
    on incoming.source = old.source and incoming.record_key = old.record_key;

delete from staging.work_record
using arrived
where
    arrived.is_newer
    and work_record.source = arrived.source
    and work_record.record_key = arrived.record_key;

insert into staging.work_record by name
select
    incoming.* exclude (filename, file_row_number, aliases, version_links), -- noqa: AM04, RF02
    arrived.aliases,
    arrived.version_links,
    arrived.first_seen_run,
    arrived.last_seen_run,
    arrived.first_seen,
    arrived.last_seen
from incoming_work as incoming
inner join arrived
    on
        incoming.filename = arrived.filename
        and incoming.file_row_number = arrived.file_row_number
where arrived.is_newer;

-- what is known already may still have been seen earlier or later, or tell of more links
update staging.work_record
set
    aliases = arrived.aliases,
    version_links = arrived.version_links,
    first_seen_run = arrived.first_seen_run,
    last_seen_run = arrived.last_seen_run,
    first_seen = arrived.first_seen,
    last_seen = arrived.last_seen
from arrived
where
    not arrived.is_newer
    and work_record.source = arrived.source
    and work_record.record_key = arrived.record_key
    and (
        work_record.aliases <> arrived.aliases
        or work_record.version_links <> arrived.version_links
        or work_record.first_seen_run <> arrived.first_seen_run
        or work_record.last_seen_run <> arrived.last_seen_run
        or work_record.first_seen <> arrived.first_seen
        or work_record.last_seen <> arrived.last_seen
    );

drop table arrived;
