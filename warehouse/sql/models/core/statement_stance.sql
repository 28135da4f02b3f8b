-- The stance of every statement that counts. Of each reviewer the newest verdict counts; if all
-- agree, theirs is the stance, and if not, that of the classifier stands and is disputed.
-- Grain: statement_id.
-- Reads: core.citation_statement, core.stance, core.stance_correction
with said as (
    select
        statement_id,
        min(stance) as stance,
        count(distinct stance) = 1 as is_agreed,
        list(reviewer order by reviewer asc) as reviewers
    from core.stance_correction
    where is_counted
    group by statement_id
)

select
    statement.statement_id,
    case when said.is_agreed then said.stance else judged.stance end as stance,
    case when said.is_agreed then null else judged.confidence end as confidence,
    case when said.is_agreed then 'reviewer' else 'classifier' end as decided_by,
    coalesce(not said.is_agreed, false) as is_disputed,
    coalesce(said.reviewers, []) as reviewers,
    judged.stance as model_stance,
    judged.model_version,
    judged.p_supporting,
    judged.p_mentioning,
    judged.p_contrasting
from core.citation_statement as statement
left join core.stance as judged on statement.statement_id = judged.statement_id
left join said on statement.statement_id = said.statement_id
