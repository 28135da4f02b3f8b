-- The publications in which a work has changed.
-- Grain: as of history.publication, ordered by all columns. Parameter: $work_id.
-- Reads: history.publication, history.change, core.cited_doi, core.work_identifier
select held.* -- noqa: AM04
from history.publication as held
where
    held.publication_no in (
        select change.publication_no
        from history.change as change
        where
            change.cited_work_id = $work_id
            or change.cited_doi in (
                select cited.doi
                from core.cited_doi as cited
                where cited.work_id = $work_id
                union all
                select identifier.value
                from core.work_identifier as identifier
                where identifier.work_id = $work_id and identifier.scheme = 'doi'
            )
    )
order by all
