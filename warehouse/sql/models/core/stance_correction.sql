-- What people say of the stance of statements that are there. A verdict belongs to the statement
-- of its id; should an extractor have given it another, to the sentence with the same letters and
-- digits about the same work: the one with the same marker, else the nearest.
-- Grain: decision_id.
-- Reads: staging.stance_verdict, staging.token_work, core.citation_statement
with verdict as (
    select
        said.*,
        citing.work_id as citing_work_id,
        cited.work_id as cited_work_id,
        cast(substr(said.decision_id, 2) as bigint) as place
    from staging.stance_verdict as said
    inner join staging.token_work as citing on said.citing_token = citing.token
    inner join staging.token_work as cited on said.cited_token = cited.token
    where said.is_in_force
),

found as (
    select
        verdict.*,
        statement.statement_id as found_id
    from verdict
    inner join core.citation_statement as statement
        on
            verdict.citing_work_id = statement.citing_work_id
            and verdict.cited_work_id = statement.cited_work_id
    where
        verdict.statement_id = statement.statement_id
        or regexp_replace(lower(verdict.text), '[^\pL\pN]', '', 'g')
        = regexp_replace(lower(statement.text), '[^\pL\pN]', '', 'g')
    qualify
        row_number() over (
            partition by verdict.decision_id
            order by
                verdict.statement_id = statement.statement_id desc,
                verdict.marker is not distinct from statement.marker desc,
                abs(verdict.text_offset - statement.text_offset) asc,
                statement.statement_id asc
        ) = 1
)

select
    decision_id,
    found_id as statement_id,
    reviewer,
    stance,
    why,
    decided_at,
    place = max(place) over (partition by found_id, reviewer) as is_counted
from found
