-- Before work records are replaced: the last run in which each reference was listed, for records
-- of which versions with other references are known. Records that never changed are passed over.

create or replace temp table version as
select
    source,
    record_key,
    run_id,
    "references"
from incoming_work
union all
select
    old.source,
    old.record_key,
    old.run_id,
    old."references"
from staging.work_record as old
semi join incoming_work as incoming
    on old.source = incoming.source and old.record_key = incoming.record_key;

create or replace temp table changed as
select
    source,
    record_key
from version
group by
    source,
    record_key
having count(distinct hash("references")) > 1
union
select
    former.source,
    former.record_key
from staging.former_reference as former
semi join incoming_work as incoming
    on former.source = incoming.source and former.record_key = incoming.record_key;

create or replace temp table reference_seen as
with named as (
    select
        version.source,
        version.record_key,
        version.run_id,
        unnest(version."references") as token
    from version
    semi join changed
        on version.source = changed.source and version.record_key = changed.record_key
    union all
    select
        former.source,
        former.record_key,
        former.last_seen_run as run_id,
        former.token
    from staging.former_reference as former
    semi join changed
        on former.source = changed.source and former.record_key = changed.record_key
)

select
    source,
    record_key,
    token,
    max(run_id) as last_seen_run
from named
group by
    source,
    record_key,
    token;

drop table version;
