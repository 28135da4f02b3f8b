-- The migrations that were applied to this file, in order. Grain: one row a migration.
-- Reads: core.migration
select
    version,
    name,
    sha256
from core.migration
order by version
