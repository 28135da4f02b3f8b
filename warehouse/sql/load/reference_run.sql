-- After work records are replaced: keep the runs of the references that not every run had, or
-- that the newest version lacks.

delete from staging.reference_run
using changed
where
    reference_run.source = changed.source
    and reference_run.record_key = changed.record_key;

insert into staging.reference_run by name
with run_count as (
    select
        source,
        record_key,
        count(*) as run_count
    from record_run
    group by
        source,
        record_key
),

newest as (
    select
        record.source,
        record.record_key,
        unnest(record."references") as token
    from staging.work_record as record
    semi join changed
        on record.source = changed.source and record.record_key = changed.record_key
),

steady as (
    select
        listed.source,
        listed.record_key,
        listed.token
    from listed_reference as listed
    inner join run_count
        on listed.source = run_count.source and listed.record_key = run_count.record_key
    semi join newest
        on
            listed.source = newest.source
            and listed.record_key = newest.record_key
            and listed.token = newest.token
    group by
        listed.source,
        listed.record_key,
        listed.token,
        run_count.run_count
    having count(*) = run_count.run_count
)

select
    listed.source,
    listed.record_key,
    listed.token,
    listed.run_id
from listed_reference as listed
anti join steady
    on
        listed.source = steady.source
        and listed.record_key = steady.record_key
        and listed.token = steady.token;

drop table listed_reference;
drop table record_run;
drop table changed;
