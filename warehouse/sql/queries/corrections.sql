-- The verdicts of people that the tables are made with, and the statements that they found.
-- Grain: one row a verdict, also those that were undone.
-- Reads: staging.stance_verdict, core.stance_correction, core.statement_stance
select
    verdict.decision_id,
    verdict.is_in_force,
    found.statement_id,
    coalesce(decided.is_disputed, false) as is_disputed
from staging.stance_verdict as verdict
left join core.stance_correction as found on verdict.decision_id = found.decision_id
left join core.statement_stance as decided on found.statement_id = decided.statement_id
order by verdict.decision_id
