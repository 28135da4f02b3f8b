-- The counts of cited works; null where they are not known.
-- Grain: one row a cited work, ordered by it. Parameter: $cited_dois.
-- Reads: mart.tally
select tally.* -- noqa: AM04
from mart.tally as tally
where tally.cited_doi in (select unnest($cited_dois))
order by tally.cited_doi
