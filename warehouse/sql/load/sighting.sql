-- Note every record that was received, also repeats of one key: what law 2 counts.

delete from staging.sighting
using taken
where
    sighting.run_id = taken.run_id
    and sighting.source = taken.source
    and sighting.request_key = taken.request_key;

insert into staging.sighting by name
with received as (
    select
        run_id,
        source,
        request_key,
        record_index,
        raw_sha256,
        'work' as kind,
        record_key,
        cited_by_count as declared_count,
        len("references") > 0 as has_references
    from incoming_work
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        raw_sha256,
        'citation' as kind,
        record_key,
        null as declared_count,
        null as has_references
    from incoming_citation
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        raw_sha256,
        'agency' as kind,
        prefix as record_key,
        null as declared_count,
        null as has_references
    from incoming_agency
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        raw_sha256,
        'count' as kind,
        doi as record_key,
        declared_count,
        null as has_references
    from incoming_count
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        raw_sha256,
        'identifier' as kind,
        record_key,
        null as declared_count,
        null as has_references
    from incoming_identifier
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        raw_sha256,
        'look_up' as kind,
        record_key,
        declared_count,
        null as has_references
    from incoming_look_up
    union all
    select
        run_id,
        source,
        request_key,
        record_index,
        raw_sha256,
        'full_text' as kind,
        record_key,
        null as declared_count,
        null as has_references
    from incoming_full_text
)

-- distinct: two folders may hold the same answer
select distinct
    received.run_id,
    received.source,
    received.request_key,
    md5_number(received.request_key) as request_id,
    received.record_index,
    received.kind,
    received.record_key,
    received.declared_count,
    received.has_references
from received
inner join taken
    on
        received.run_id = taken.run_id
        and received.source = taken.source
        and received.request_key = taken.request_key
        and received.raw_sha256 = taken.raw_sha256;
