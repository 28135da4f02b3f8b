-- What the sources said of a work.
-- Grain: as of core.source_count, ordered by all columns. Parameter: $work_id.
-- Reads: core.source_count, core.cited_doi
select held.* -- noqa: AM04
from core.source_count as held
where
    held.cited_doi in (
        select cited.doi
        from core.cited_doi as cited
        where cited.work_id = $work_id
    )
order by all
