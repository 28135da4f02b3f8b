-- What each source said of a cited work when it was last asked, and how its number adds up.
-- Grain: one row a source, ordered by its name. Parameter: $work_id.
-- Reads: core.cited_doi, core.source_count, mart.ledger
with said as (
    select source_count.*
    from core.source_count as source_count
    inner join core.cited_doi as cited on source_count.cited_doi = cited.doi
    where cited.work_id = $work_id
    qualify
        row_number() over (
            partition by source_count.source
            order by
                source_count.run_id desc,
                source_count.state = 'known' desc,
                source_count.cited_doi asc
        ) = 1
)

select
    said.source,
    said.run_id,
    said.state,
    said.cause,
    said.declared_count,
    said.stored_count,
    ledger.no_identifier,
    ledger.duplicate,
    ledger.merged_version,
    ledger.out_of_reach,
    ledger.withdrawn,
    ledger.not_yet_indexed,
    ledger.failed,
    ledger.unexplained_count
from said
left join mart.ledger as ledger
    on
        said.cited_doi = ledger.cited_doi
        and said.source = ledger.source
        and said.run_id = ledger.run_id
order by said.source
