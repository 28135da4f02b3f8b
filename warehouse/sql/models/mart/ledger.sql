-- Law 4: what a source declares is what is stored plus what is missing, by cause. Several cited
-- DOIs may be one work; it is counted once, by the DOI that says most. A state of not_indexed
-- leaves no residual.
--
-- What is stored is first brought to what the source gave in this run ("withdrawn", 0 or less).
-- The rows of its list that are no citing work are named then: without identifier, doubles,
-- versions of the cited work itself, rejected. What remains lies between the source's own counter
-- and its own list: not yet indexed, or out of reach. Rows that led to nothing are unexplained.
-- Grain: cited_doi, source, run_id.
-- Reads: core.source_count, core.source, core.cited_doi, core.work, staging.work_list,
--        staging.edge_sighting
with said as (
    select
        work.work_id,
        work.doi as cited_doi,
        source_count.source,
        source_count.run_id,
        source_count.state,
        source_count.cause,
        source_count.declared_count,
        source_count.stored_count,
        source.lists_citing,
        source.list_reach
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

gathered as (
    select
        said.*,
        listed.subject_count,
        listed.row_count,
        listed.record_count,
        listed.rejected_count,
        listed.no_identifier_count,
        listed.chain_rejected_count,
        coalesce(sighting.seen_work_count, 0) as seen_work_count,
        coalesce(sighting.listed_record_count, 0) as listed_record_count,
        coalesce(sighting.duplicate_count, 0) as duplicate_count,
        coalesce(sighting.loop_count, 0) as loop_count,
        case
            when said.state <> 'not_indexed'
                then said.declared_count - coalesce(said.stored_count, 0)
        end as residual_count
    from said
    left join staging.work_list as listed
        on
            said.work_id = listed.work_id
            and said.source = listed.source
            and said.run_id = listed.run_id
    left join staging.edge_sighting as sighting
        on
            said.work_id = sighting.work_id
            and said.source = sighting.source
            and said.run_id = sighting.run_id
),

-- a source that lists nothing shows its citing works here and there: not to see one says nothing
named_withdrawn as (
    select
        *,
        case
            when residual_count is null or not lists_citing then null
            when state = 'known' then seen_work_count - stored_count
            else least(residual_count, 0)
        end as withdrawn
    from gathered
),

-- A cause explains at most what the ones before it left: some sources count the rows that
-- they list twice, others do not. core.source_count.certificate has the whole numbers.
missed as (
    select
        *,
        residual_count - coalesce(withdrawn, 0) as gap,
        greatest(residual_count - coalesce(withdrawn, 0), 0) as missing
    from named_withdrawn
),

after_no_identifier as (
    select
        *,
        -- least() and greatest() pass over null, so nulls are kept away from them
        case
            when lists_citing and residual_count is not null and no_identifier_count is not null
                then least(no_identifier_count, missing)
        end as no_identifier
    from missed
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
        gap
        - coalesce(no_identifier, 0)
        - coalesce(duplicate, 0)
        - coalesce(merged_version, 0) as left_over
    from after_version
),

after_failed as (
    select
        *,
        case
            when residual_count is null then null
            when state = 'failed' and cause = 'out of reach'
                then least(coalesce(rejected_count, 0), left_over)
            when state = 'failed' then left_over
            when lists_citing and rejected_count is not null
                then least(rejected_count, greatest(left_over, 0))
        end as failed
    from left_over
),

after_rows as (
    select
        *,
        case
            when residual_count is null then null
            when state <> 'known' or not lists_citing then 0
            when subject_count = 1 then record_count - listed_record_count
            -- whose they are, such a list cannot say
            else least(chain_rejected_count, greatest(left_over - coalesce(failed, 0), 0))
        end as unexplained_count
    from after_failed
),

counted_ahead as (
    select
        *,
        left_over - coalesce(failed, 0) - unexplained_count as ahead
    from after_rows
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
    case
        when lists_citing and state = 'failed' and cause = 'out of reach' then ahead
        when lists_citing and state = 'known' and row_count >= list_reach
            then greatest(ahead, 0)
        when not lists_citing and state = 'known' and residual_count is not null
            then greatest(ahead, 0)
    end as out_of_reach,
    withdrawn,
    case
        when residual_count is null or state <> 'known' then null
        when not lists_citing or row_count >= list_reach then least(ahead, 0)
        else ahead
    end as not_yet_indexed,
    failed,
    unexplained_count
from counted_ahead
