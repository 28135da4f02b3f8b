-- The registration agency of each DOI prefix that was ever asked about.
-- Grain: one row a prefix, ordered by it. Agency null: there is no such prefix.
-- Reads: staging.agency_record
select
    prefix,
    agency
from staging.agency_record
order by prefix
