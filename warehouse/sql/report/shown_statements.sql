-- The chosen statements of the citing works of a page, in its order, then as in the text.
-- Grain: one row a statement. Parameters: $citing_work_ids: in order; $cited_doi.
-- Reads: the temporary citing, stated and sliced_statement
select
    said.statement_id,
    said.cited_work_id,
    $cited_doi as cited_doi,
    said.citing_work_id,
    citing.doi as citing_doi,
    citing.title as citing_title,
    citing.published_year as citing_year,
    citing.publication_type as citing_publication_type,
    citing.is_retracted as citing_is_retracted,
    said.text,
    said.before,
    said.after,
    said.section_title,
    said.section,
    said.location,
    said.markers,
    said.mention_count,
    said.source,
    said.licence,
    said.stance,
    said.confidence,
    said.decided_by,
    said.is_disputed,
    said.reviewers,
    said.model_stance
from stated as said
inner join sliced_statement as sliced on said.statement_id = sliced.statement_id
inner join citing on said.citing_work_id = citing.citing_work_id
where
    sliced.failure_count = 0
    and list_contains($citing_work_ids, said.citing_work_id)
order by
    list_position($citing_work_ids, said.citing_work_id) asc,
    said.text_offset asc,
    said.statement_id asc
