-- No source stores more citing works of a DOI than it declares.
-- Level: warn
select
    cited_doi,
    source,
    run_id,
    declared_count,
    stored_count,
    unexplained_count
from mart.ledger
where unexplained_count < 0
