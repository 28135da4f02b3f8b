-- The statements about one work, to be sliced. Without a stance: nobody has judged.
-- Grain: one row a statement. Parameter: $work_id.
-- Reads: core.citation_statement, core.stance
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
    judged.confidence
from about
left join core.stance as judged on about.statement_id = judged.statement_id
