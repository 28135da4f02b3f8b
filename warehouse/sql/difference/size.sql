-- How many rows have to go, and how many have to come. Grain: one row.
-- Reads: differing
select
    coalesce(sum(-_surplus) filter (where _surplus < 0), 0) as going_count,
    coalesce(sum(_surplus) filter (where _surplus > 0), 0) as coming_count
from differing
