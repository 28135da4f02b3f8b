-- How what each source declares of a cited work is explained, as of the newest run that asked it.
-- Grain: one row a source, ordered by its name. Parameter: $doi, core.work.doi.
-- Reads: mart.ledger
select
    source,
    run_id,
    declared_count,
    stored_count,
    no_identifier,
    duplicate,
    merged_version,
    out_of_reach,
    withdrawn,
    not_yet_indexed,
    failed,
    unexplained_count
from mart.ledger
where cited_doi = $doi
qualify row_number() over (partition by source order by run_id desc) = 1
order by source
