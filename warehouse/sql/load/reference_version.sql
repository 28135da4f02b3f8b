-- Before sightings and work records are replaced: in which runs each reference was listed, for
-- records of which versions with other references are known. Records that never changed are
-- passed over: all their references were listed in every run that received them.

create or replace temp table changed as
with version as (
    select
        source,
        record_key,
        "references"
    from incoming_work
    union all
    select
        old.source,
        old.record_key,
        old."references"
    from staging.work_record as old
    semi join incoming_work as incoming
        on old.source = incoming.source and old.record_key = incoming.record_key
)

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
    listed.source,
    listed.record_key
from staging.reference_run as listed
semi join incoming_work as incoming
    on listed.source = incoming.source and listed.record_key = incoming.record_key;

create or replace temp table record_run as
select
    sighting.source,
    sighting.record_key,
    sighting.run_id
from staging.sighting as sighting
semi join changed
    on sighting.source = changed.source and sighting.record_key = changed.record_key
where sighting.kind = 'work'
union
select
    incoming.source,
    incoming.record_key,
    incoming.run_id
from incoming_work as incoming
semi join changed
    on incoming.source = changed.source and incoming.record_key = changed.record_key;

create or replace temp table listed_reference as
with kept as (
    select
        old.source,
        old.record_key,
        unnest(old."references") as token
    from staging.work_record as old
    semi join changed
        on old.source = changed.source and old.record_key = changed.record_key
)

select
    kept.source,
    kept.record_key,
    kept.token,
    sighting.run_id
from kept
anti join staging.reference_run as listed
    on
        kept.source = listed.source
        and kept.record_key = listed.record_key
        and kept.token = listed.token
inner join staging.sighting as sighting
    on kept.source = sighting.source and kept.record_key = sighting.record_key
where sighting.kind = 'work'
union
select
    listed.source,
    listed.record_key,
    listed.token,
    listed.run_id
from staging.reference_run as listed
semi join changed
    on listed.source = changed.source and listed.record_key = changed.record_key
union
select
    incoming.source,
    incoming.record_key,
    unnest(incoming."references") as token,
    incoming.run_id
from incoming_work as incoming
semi join changed
    on incoming.source = changed.source and incoming.record_key = changed.record_key;
