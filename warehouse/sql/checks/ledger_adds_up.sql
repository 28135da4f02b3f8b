-- declared = stored + named causes + unexplained, wherever unexplained is known.
-- Level: fail
select
    cited_doi,
    source,
    run_id,
    declared_count,
    stored_count,
    unexplained_count
from mart.ledger
where
    declared_count
    <> coalesce(stored_count, 0)
    + coalesce(no_identifier, 0)
    + coalesce(duplicate, 0)
    + coalesce(merged_version, 0)
    + coalesce(out_of_reach, 0)
    + coalesce(withdrawn, 0)
    + coalesce(not_yet_indexed, 0)
    + coalesce(failed, 0)
    + unexplained_count
