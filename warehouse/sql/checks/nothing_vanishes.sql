-- For each run and source: received = loaded + duplicate + rejected + absent.
-- Level: fail
select
    run_id,
    source,
    received,
    loaded,
    duplicate,
    rejected,
    absent
from core.run_source
where received <> loaded + duplicate + rejected + absent
