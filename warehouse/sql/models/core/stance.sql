-- The stance of every statement, by the classifier in use.
-- Grain: statement_id, model_version.
-- Reads: core.citation_statement, staging.judgement
select
    statement.statement_id,
    judgement.model_version,
    judgement.stance,
    judgement.p_supporting,
    judgement.p_mentioning,
    judgement.p_contrasting,
    case judgement.stance
        when 'supporting' then judgement.p_supporting
        when 'mentioning' then judgement.p_mentioning
        when 'contrasting' then judgement.p_contrasting
    end as confidence
from core.citation_statement as statement
inner join staging.judgement as judgement
    on md5(cast(to_json([statement.text, statement.marker]) as varchar)) = judgement.judged_key
