-- What a source said of a cited work itself in a run: whether it has a record of it, and how many
-- works cite it. A count that was asked for goes before the number in the record.
-- Grain: run_id, source, work_id.
-- Reads: staging.sighting, staging.record_work, staging.merged_record, core.cited_doi
with cited as (
    select distinct work_id
    from core.cited_doi
),

-- a record may be seen several times in a run
record as (
    select
        sighting.run_id,
        sighting.source,
        record_work.work_id,
        sighting.record_key,
        max(sighting.declared_count) as declared_count
    from staging.sighting as sighting
    inner join staging.record_work as record_work
        on
            sighting.source = record_work.source
            and sighting.record_key = record_work.record_key
    semi join cited on record_work.work_id = cited.work_id
    where sighting.kind = 'work'
    group by
        sighting.run_id,
        sighting.source,
        record_work.work_id,
        sighting.record_key
),

-- a work may have several records, each with citing works of its own
described as (
    select
        run_id,
        source,
        work_id,
        true as is_described,
        sum(declared_count) as declared_count,
        cast(null as varchar) as merged_into
    from record
    group by
        run_id,
        source,
        work_id
    union all
    select
        sighting.run_id,
        sighting.source,
        merged_record.work_id,
        false as is_described,
        cast(null as bigint) as declared_count,
        min(regexp_replace(merged_record.described_work_id, '^doi:', '')) as merged_into
    from staging.sighting as sighting
    inner join staging.merged_record as merged_record
        on
            sighting.source = merged_record.source
            and sighting.record_key = merged_record.record_key
    where sighting.kind = 'work'
    group by
        sighting.run_id,
        sighting.source,
        merged_record.work_id
),

counted as (
    select
        sighting.run_id,
        sighting.source,
        cited_doi.work_id,
        max(sighting.declared_count) as declared_count
    from staging.sighting as sighting
    inner join core.cited_doi as cited_doi on sighting.record_key = cited_doi.doi
    where sighting.kind = 'count'
    group by
        sighting.run_id,
        sighting.source,
        cited_doi.work_id
)

select
    coalesce(described.run_id, counted.run_id) as run_id,
    coalesce(described.source, counted.source) as source,
    coalesce(described.work_id, counted.work_id) as work_id,
    coalesce(described.is_described, false) as is_described,
    coalesce(counted.declared_count, described.declared_count) as declared_count,
    described.merged_into
from described
full join counted
    on
        described.run_id = counted.run_id
        and described.source = counted.source
        and described.work_id = counted.work_id
