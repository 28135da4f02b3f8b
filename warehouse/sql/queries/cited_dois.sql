-- All cited DOIs that were ever asked about.
-- Grain: one row a DOI, ordered by it.
-- Reads: core.cited_doi
select doi
from core.cited_doi
order by doi
