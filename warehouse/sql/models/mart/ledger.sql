-- Law 4: what a source declares is what is stored plus what is missing, by cause. Causes that
-- cannot be told yet are null. Several cited DOIs may be one work; it is counted once, by the DOI
-- that says most.
-- Grain: cited_doi, source, run_id.
-- Reads: core.source_count, core.source, core.cited_doi, core.work, staging.edge_count
with said as (
    select
        work.work_id,
        work.doi as cited_doi,
        source_count.source,
        source_count.run_id,
        source_count.state,
        source_count.declared_count,
        source_count.stored_count,
        source.lists_citing,
        cast(source_count.certificate ->> 'rejected' as bigint) as rejected_count,
        cast(source_count.certificate ->> 'no_identifier' as bigint) as no_identifier_count
    from core.source_count as source_count
    inner join core.source as source on source_count.source = source.source
    inner join core.cited_doi as cited_doi on source_count.cited_doi = cited_doi.doi
    inner join core.work as work on cited_doi.work_id = work.work_id
    qualify
        row_number() over (
            partition by work.work_id, source_count.source, source_count.run_id
            order by
                source_count.state = 'known' desc,
                source_count.state = 'failed' desc,
                source_count.cited_doi = work.doi desc,
                source_count.cited_doi asc
        ) = 1
),

met as (
    select
        said.work_id,
        said.source,
        said.run_id,
        cast(sum(edge_count.duplicate_count) as bigint) as duplicate_count,
        cast(sum(edge_count.loop_count) as bigint) as loop_count
    from said
    inner join staging.edge_count as edge_count
        on
            said.work_id = edge_count.cited_work_id
            and said.source = edge_count.source
            and said.run_id >= edge_count.run_id
    group by
        said.work_id,
        said.source,
        said.run_id
),

-- what is not stored, and what is known of why; a state of not_indexed leaves no residual
residual as (
    select
        said.cited_doi,
        said.source,
        said.run_id,
        said.state,
        said.lists_citing,
        said.declared_count,
        said.stored_count,
        said.no_identifier_count,
        said.rejected_count,
        coalesce(met.duplicate_count, 0) as duplicate_count,
        coalesce(met.loop_count, 0) as loop_count,
        case
            when said.state <> 'not_indexed'
                then said.declared_count - coalesce(said.stored_count, 0)
        end as residual_count
    from said
    left join met
        on
            said.work_id = met.work_id
            and said.source = met.source
            and said.run_id = met.run_id
),

-- A cause explains at most what the ones before it left: some sources count the rows that
-- they list twice, others do not. core.source_count.certificate has the whole numbers.
after_no_identifier as (
    select
        *,
        greatest(residual_count, 0) as missing,
        -- least() and greatest() pass over null, so nulls are kept away from them
        case
            when lists_citing and residual_count is not null and no_identifier_count is not null
                then least(no_identifier_count, greatest(residual_count, 0))
        end as no_identifier
    from residual
),

after_duplicate as (
    select
        *,
        case
            when lists_citing and residual_count is not null
                then least(duplicate_count, missing - coalesce(no_identifier, 0))
        end as duplicate
    from after_no_identifier
),

after_version as (
    select
        *,
        case
            when lists_citing and residual_count is not null
                then least(loop_count, missing - coalesce(no_identifier, 0) - duplicate)
        end as merged_version
    from after_duplicate
),

left_over as (
    select
        *,
        missing
        - coalesce(no_identifier, 0)
        - coalesce(duplicate, 0)
        - coalesce(merged_version, 0) as left_over
    from after_version
),

named as (
    select
        *,
        case
            when not lists_citing and state = 'known' and residual_count is not null
                then left_over
        end as out_of_reach,
        case
            when residual_count is null then null
            when state = 'failed' then left_over
            when lists_citing and rejected_count is not null then least(rejected_count, left_over)
        end as failed
    from left_over
)

select
    cited_doi,
    source,
    run_id,
    declared_count,
    stored_count,
    no_identifier,
    duplicate,
    merged_version,
    out_of_reach,
    cast(null as bigint) as withdrawn,
    cast(null as bigint) as not_yet_indexed,
    failed,
    residual_count
    - coalesce(no_identifier, 0)
    - coalesce(duplicate, 0)
    - coalesce(merged_version, 0)
    - coalesce(out_of_reach, 0)
    - coalesce(failed, 0) as unexplained_count
from named
