-- What people had decided when this generation was published.
-- Grain: one row a decision. No parameters.
-- Reads: core.identity_decision
select
    identity_decision.decision_id,
    identity_decision.is_in_force
from core.identity_decision as identity_decision
order by identity_decision.decision_id
