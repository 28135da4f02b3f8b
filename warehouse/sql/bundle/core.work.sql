-- A work, those that cite it, those that it cites, and those of its changes.
-- Grain: as of core.work, ordered by all columns. Parameter: $work_id.
-- Reads: core.work, core.citation, history.change, core.cited_doi, core.work_identifier
select held.* -- noqa: AM04
from core.work as held
where
    held.work_id = $work_id
    or held.work_id in (
        select edge.citing_work_id
        from core.citation as edge
        where edge.cited_work_id = $work_id
        union all
        select edge.cited_work_id
        from core.citation as edge
        where edge.citing_work_id = $work_id
        union all
        select change.citing_work_id
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
