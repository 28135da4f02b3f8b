-- The looks that should have shown an edge, and did not: by two of them in a row it is withdrawn.
--
-- A look is
--   a list of the citing works that proves what it does not hold (core.certificate.is_proof), of
--   every question that gave the edge last: another identifier of the work has another list;
--   or a newer record of the citing work that has references, but not this one.
-- A list that has rows, but none of this work, is no look: it is another work's, or the empty
-- share of a list about several works, unless the source counts none.
-- Grain: citing_work_id, cited_work_id, source, record_key, run_id.
-- Reads: staging.edge_said, staging.sighting, staging.work_answer, staging.work_description,
--        core.certificate
with asked as (
    select
        source,
        work_id,
        max(run_id) as run_id
    from staging.work_answer
    where role = 'citing'
    group by
        source,
        work_id
),

unseen as (
    select
        said.citing_work_id,
        said.cited_work_id,
        said.source,
        said.record_key,
        said.last_seen_run
    from staging.edge_said as said
    inner join asked
        on
            said.source = asked.source
            and said.cited_work_id = asked.work_id
            and said.last_seen_run < asked.run_id
),

answer as (
    select work_answer.*
    from staging.work_answer as work_answer
    semi join unseen
        on
            work_answer.source = unseen.source
            and work_answer.work_id = unseen.cited_work_id
    where work_answer.role = 'citing'
),

-- lists with some row of the work
holding as (
    select distinct
        answer.run_id,
        answer.source,
        answer.chain_id,
        answer.work_id
    from answer
    inner join staging.sighting as sighting
        on
            answer.run_id = sighting.run_id
            and answer.source = sighting.source
            and answer.request_id = sighting.request_id
    inner join staging.edge_said as said
        on
            sighting.source = said.source
            and sighting.record_key = said.record_key
            and answer.work_id = said.cited_work_id
            and (
                said.listed_in_runs is null
                or list_contains(said.listed_in_runs, sighting.run_id)
            )
),

proven as (
    select
        answer.run_id,
        answer.source,
        answer.work_id,
        answer.named
    from answer
    inner join core.certificate as certificate
        on
            answer.run_id = certificate.run_id
            and answer.source = certificate.source
            and answer.chain_id = md5_number(certificate.chain)
    left join holding
        on
            answer.run_id = holding.run_id
            and answer.source = holding.source
            and answer.chain_id = holding.chain_id
            and answer.work_id = holding.work_id
    left join staging.work_description as description
        on
            answer.run_id = description.run_id
            and answer.source = description.source
            and answer.work_id = description.work_id
    group by
        answer.run_id,
        answer.source,
        answer.work_id,
        answer.named
    having
        bool_and(
            certificate.is_proof
            and (
                certificate.row_count = 0
                or holding.chain_id is not null
                or (answer.subject_count > 1 and description.declared_count = 0)
            )
        )
),

-- the questions whose lists gave it last
given as (
    select distinct
        unseen.citing_work_id,
        unseen.cited_work_id,
        unseen.source,
        unseen.record_key,
        unseen.last_seen_run,
        answer.named
    from unseen
    inner join staging.sighting as sighting
        on
            unseen.source = sighting.source
            and unseen.record_key = sighting.record_key
            and unseen.last_seen_run = sighting.run_id
    inner join answer
        on
            sighting.run_id = answer.run_id
            and sighting.source = answer.source
            and sighting.request_id = answer.request_id
            and unseen.cited_work_id = answer.work_id
),

question as (
    select
        *,
        count(*) over (
            partition by citing_work_id, cited_work_id, source, record_key
        ) as question_count
    from given
)

select
    question.citing_work_id,
    question.cited_work_id,
    question.source,
    question.record_key,
    proven.run_id
from question
inner join proven
    on
        question.source = proven.source
        and question.cited_work_id = proven.work_id
        and question.named = proven.named
        and question.last_seen_run < proven.run_id
group by
    question.citing_work_id,
    question.cited_work_id,
    question.source,
    question.record_key,
    question.question_count,
    proven.run_id
having count(*) = question.question_count
union
select
    said.citing_work_id,
    said.cited_work_id,
    said.source,
    said.record_key,
    sighting.run_id
from staging.edge_said as said
inner join staging.sighting as sighting
    on
        said.source = sighting.source
        and said.record_key = sighting.record_key
        and said.last_seen_run < sighting.run_id
where said.listed_in_runs is not null and sighting.has_references
