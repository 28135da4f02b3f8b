-- After work records are replaced: keep the references that their newest versions lack.

delete from staging.former_reference
using changed
where
    former_reference.source = changed.source
    and former_reference.record_key = changed.record_key;

insert into staging.former_reference by name
with newest as (
    select
        record.source,
        record.record_key,
        unnest(record."references") as token
    from staging.work_record as record
    semi join changed
        on record.source = changed.source and record.record_key = changed.record_key
)

select
    seen.source,
    seen.record_key,
    seen.token,
    seen.last_seen_run
from reference_seen as seen
anti join newest
    on
        seen.source = newest.source
        and seen.record_key = newest.record_key
        and seen.token = newest.token;

drop table reference_seen;
drop table changed;
