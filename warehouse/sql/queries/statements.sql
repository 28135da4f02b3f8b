-- What citing works say, in the order asked for.
-- Grain: one row a statement. Parameter: $statement_ids, none twice.
-- Reads: core.citation_statement, core.statement_stance, core.work
with asked as (
    select
        unnest($statement_ids) as statement_id,
        generate_subscripts($statement_ids, 1) as place
)

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
    stance.confidence,
    coalesce(stance.decided_by, 'classifier') as decided_by,
    coalesce(stance.is_disputed, false) as is_disputed,
    coalesce(stance.reviewers, []) as reviewers,
    stance.model_stance
from asked
inner join core.citation_statement as statement on asked.statement_id = statement.statement_id
left join core.statement_stance as stance on asked.statement_id = stance.statement_id
left join core.work as citing on statement.citing_work_id = citing.work_id
left join core.work as cited on statement.cited_work_id = cited.work_id
order by asked.place
