-- What citing works say: those of some statements in their order, or all about a work, newest first
-- and those of one citing work in the order of its text.
-- Grain: one row a statement. Parameters, one of them null: $statement_ids, $work_id.
-- Reads: core.citation_statement, core.stance, core.work
select
    statement.statement_id,
    statement.cited_work_id,
    cited.doi as cited_doi,
    statement.citing_work_id,
    citing.doi as citing_doi,
    citing.title as citing_title,
    citing.published_year as citing_year,
    citing.publication_type as citing_publication_type,
    citing.is_retracted as citing_is_retracted,
    statement.text,
    statement.before,
    statement.after,
    statement.section_title,
    statement.section,
    statement.location,
    statement.markers,
    statement.mention_count,
    statement.source,
    statement.licence,
    stance.stance,
    stance.confidence
from core.citation_statement as statement
left join core.stance as stance on statement.statement_id = stance.statement_id
left join core.work as citing on statement.citing_work_id = citing.work_id
left join core.work as cited on statement.cited_work_id = cited.work_id
where
    statement.cited_work_id = $work_id
    or list_contains($statement_ids, statement.statement_id)
order by
    list_position($statement_ids, statement.statement_id) asc,
    citing.published_date desc nulls last,
    statement.citing_work_id asc,
    statement.text_offset asc
