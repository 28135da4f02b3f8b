-- The statements about one work, to be sliced. Without a stance: nobody has judged.
-- Grain: one row a statement. Parameter: $work_id.
-- Reads: core.citation_statement, core.statement_stance
create or replace temp table stated as
with about as (
    select
        statement_id,
        citing_work_id,
        cited_work_id,
        text,
        before,
        after,
        section_title,
        section,
        location,
        markers,
        mention_count,
        source,
        licence,
        text_offset
    from core.citation_statement
    where cited_work_id = $work_id
)

select
    about.*, -- noqa: AM04
    judged.stance,
    judged.confidence,
    coalesce(judged.decided_by, 'classifier') as decided_by,
    coalesce(judged.is_disputed, false) as is_disputed,
    coalesce(judged.reviewers, []) as reviewers,
    judged.model_stance
from about
left join core.statement_stance as judged on about.statement_id = judged.statement_id
