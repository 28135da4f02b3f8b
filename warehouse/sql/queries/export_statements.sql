-- What citing works say of cited works, each sentence with its licence and its stance.
-- Grain: one row a statement, ordered by the cited work, then newest citing work first, then as in
-- the text. Parameters: $work_ids, and their $cited_dois in the same order.
-- Reads: core.citation_statement, core.statement_stance, core.work
with chosen as (
    select
        unnest($work_ids) as work_id,
        unnest($cited_dois) as cited_doi
)

select
    chosen.cited_doi,
    statement.statement_id,
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
    stance.stance,
    stance.confidence,
    stance.p_supporting,
    stance.p_mentioning,
    stance.p_contrasting,
    stance.model_version,
    coalesce(stance.decided_by, 'classifier') as decided_by,
    coalesce(stance.is_disputed, false) as is_disputed,
    coalesce(stance.reviewers, []) as reviewers,
    stance.model_stance,
    statement.licence,
    statement.source,
    statement.full_text_id,
    statement.run_id,
    statement.raw_sha256
from chosen
inner join core.citation_statement as statement on chosen.work_id = statement.cited_work_id
left join core.statement_stance as stance on statement.statement_id = stance.statement_id
left join core.work as citing on statement.citing_work_id = citing.work_id
order by
    chosen.cited_doi asc,
    citing.published_date desc nulls last,
    statement.citing_work_id asc,
    statement.text_offset asc
