-- The changes that concern a work, under any of its DOIs.
-- Grain: as of history.change, ordered by all columns. Parameter: $work_id.
-- Reads: history.change, core.cited_doi, core.work_identifier
select held.* -- noqa: AM04
from history.change as held
where
    held.cited_work_id = $work_id
    or held.cited_doi in (
        select cited.doi
        from core.cited_doi as cited
        where cited.work_id = $work_id
        union all
        select identifier.value
        from core.work_identifier as identifier
        where identifier.work_id = $work_id and identifier.scheme = 'doi'
    )
order by all
