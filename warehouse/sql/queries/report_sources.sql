-- What each source said of a cited work when it was last asked.
-- Grain: one row a source, ordered by its name. Parameter: $work_id.
-- Reads: core.cited_doi, core.source_count
select
    said.source,
    said.state,
    said.declared_count,
    said.stored_count,
    said.cause
from core.source_count as said
inner join core.cited_doi as cited on said.cited_doi = cited.doi
where cited.work_id = $work_id
qualify
    row_number() over (
        partition by said.source
        order by said.run_id desc, said.cited_doi asc
    ) = 1
order by said.source
