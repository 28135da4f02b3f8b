-- The newest changes that concern a cited work, under any of its DOIs, with the names of the works
-- that they are about.
-- Grain: change_id, ordered by publication, the newest first, then kind and work. Parameters:
-- $work_id, $row_limit.
-- Reads: history.change, history.publication, core.cited_doi, core.work_identifier, core.work
with name as (
    select doi
    from core.cited_doi
    where work_id = $work_id
    union
    select value as doi
    from core.work_identifier
    where work_id = $work_id and scheme = 'doi'
)

select
    change.publication_no,
    publication.published_at,
    change.kind,
    change.reason,
    change.is_back_fill,
    change.citing_work_id,
    coalesce(
        citing.doi,
        case
            when starts_with(change.citing_work_id, 'doi:')
                then substr(change.citing_work_id, 5)
        end
    ) as citing_doi,
    citing.title as citing_title,
    change.field,
    change.before_value,
    change.after_value,
    change.statement_id,
    change.source,
    change.run_id
from history.change as change
inner join history.publication as publication
    on change.publication_no = publication.publication_no
left join core.work as citing on change.citing_work_id = citing.work_id
where
    change.cited_work_id = $work_id
    or change.cited_doi in (select name.doi from name)
order by
    change.publication_no desc,
    change.kind asc,
    change.citing_work_id asc,
    change.field asc,
    change.statement_id asc,
    change.change_id asc
limit $row_limit
