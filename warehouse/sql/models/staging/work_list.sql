-- The list of citing works that a source gave for a cited work: all chains of pages that speak
-- for it (a work may have several records in a source, each with its own list). The list is as
-- good as the worst of them. A list about several works that has no row of this one, although the
-- source counts some, is empty of it.
-- Grain: run_id, source, work_id.
-- Reads: staging.work_answer, staging.sighting, staging.edge_sighting, staging.work_description,
--        core.certificate
with chain_of_work as (
    select distinct
        run_id,
        source,
        work_id,
        chain_id
    from staging.work_answer
    where role = 'citing'
),

listed as (
    select
        chain_of_work.run_id,
        chain_of_work.source,
        chain_of_work.work_id,
        arg_min(
            certificate.verdict,
            list_position(
                ['truncated', 'shrank', 'repeated', 'ambiguous-empty', 'complete'],
                certificate.verdict
            )
        ) as worst_verdict,
        max(len(certificate.subjects)) as subject_count,
        sum(certificate.page_count) as page_count,
        sum(certificate.declared_start) as declared_start,
        sum(certificate.declared_end) as declared_end,
        sum(certificate.row_count) as row_count,
        sum(certificate.unique_row_count) as unique_row_count,
        sum(certificate.rejected_count) as rejected_count,
        sum(certificate.no_identifier_count) as no_identifier_count
    from chain_of_work
    inner join core.certificate as certificate
        on
            chain_of_work.run_id = certificate.run_id
            and chain_of_work.source = certificate.source
            and chain_of_work.chain_id = md5_number(certificate.chain)
    group by
        chain_of_work.run_id,
        chain_of_work.source,
        chain_of_work.work_id
),

-- two lists of one work, of its alias and of its prime DOI, may hold the same records
record as (
    select
        answer.run_id,
        answer.source,
        answer.work_id,
        count(distinct sighting.record_key) as record_count
    from staging.work_answer as answer
    inner join staging.sighting as sighting
        on
            answer.run_id = sighting.run_id
            and answer.source = sighting.source
            and answer.request_id = sighting.request_id
    where answer.role = 'citing' and answer.subject_count = 1
    group by
        answer.run_id,
        answer.source,
        answer.work_id
),

judged as (
    select
        listed.*,
        case
            when
                listed.worst_verdict in ('ambiguous-empty', 'complete')
                and listed.subject_count > 1
                and coalesce(sighting.listed_record_count, 0) = 0
                and description.declared_count > 0
                then 'ambiguous-empty'
            else listed.worst_verdict
        end as verdict
    from listed
    left join staging.edge_sighting as sighting
        on
            listed.run_id = sighting.run_id
            and listed.source = sighting.source
            and listed.work_id = sighting.work_id
    left join staging.work_description as description
        on
            listed.run_id = description.run_id
            and listed.source = description.source
            and listed.work_id = description.work_id
)

select
    judged.run_id,
    judged.source,
    judged.work_id,
    judged.verdict,
    judged.subject_count,
    judged.page_count,
    judged.declared_start,
    judged.declared_end,
    judged.row_count,
    judged.unique_row_count,
    -- a list about several works cannot say whose these are
    case when judged.subject_count = 1 then coalesce(record.record_count, 0) end
        as record_count,
    case when judged.subject_count = 1 then judged.rejected_count end as rejected_count,
    case when judged.subject_count = 1 then judged.no_identifier_count end as no_identifier_count,
    judged.rejected_count + judged.no_identifier_count as chain_rejected_count
from judged
left join record
    on
        judged.run_id = record.run_id
        and judged.source = record.source
        and judged.work_id = record.work_id
