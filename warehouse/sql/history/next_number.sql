-- The number of the next publication. Grain: one row.
-- Reads: history.publication
select coalesce(max(publication_no), 0) + 1 as publication_no
from history.publication
