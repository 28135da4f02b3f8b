-- Every row that a source lists leads to an edge or to a named cause.
-- Level: warn
select
    cited_doi,
    source,
    run_id,
    declared_count,
    stored_count,
    unexplained_count
from mart.ledger
where unexplained_count <> 0
