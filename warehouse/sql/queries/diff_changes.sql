-- What some publications changed, with the names of the works.
-- Grain: change_id, ordered by cited DOI, kind, publication and work. Parameters: $first_no,
-- $last_no.
-- Reads: history.change, history.publication, core.work, core.citation_statement,
--        history.core_citation_statement
with change as (
    select
        *,
        coalesce(work_id, citing_work_id) as about_work_id
    from history.change
    where publication_no between $first_no and $last_no
)

select
    change.change_id,
    change.publication_no,
    publication.published_at,
    change.kind,
    change.reason,
    change.is_back_fill,
    change.cited_doi,
    cited.title as cited_title,
    change.about_work_id as work_id,
    coalesce(
        work.doi,
        case
            when starts_with(change.about_work_id, 'doi:') then substr(change.about_work_id, 5)
        end
    ) as doi,
    work.title,
    change.field,
    change.before_value,
    change.after_value,
    change.statement_id,
    coalesce(statement.text, gone.text) as text,
    change.source,
    change.run_id
from change
inner join history.publication as publication
    on change.publication_no = publication.publication_no
left join core.work as cited on change.cited_work_id = cited.work_id
left join core.work as work on change.about_work_id = work.work_id
left join core.citation_statement as statement on change.statement_id = statement.statement_id
left join history.core_citation_statement as gone
    on
        change.statement_id = gone.statement_id
        and change.publication_no = gone.publication_no
        and change.kind = 'statement_removed'
        and not gone.is_added
order by
    change.cited_doi,
    change.kind,
    change.publication_no,
    change.about_work_id,
    change.field,
    change.change_id
