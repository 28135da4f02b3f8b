-- Citing works by their year and type, of cited works.
-- Grain: one row a cited work, citing year and publication type, in that order.
-- Parameter: $cited_dois.
-- Reads: mart.citations_by_year_and_type
select counted.* -- noqa: AM04
from mart.citations_by_year_and_type as counted
where counted.cited_doi in (select unnest($cited_dois))
order by
    counted.cited_doi asc,
    counted.citing_year asc nulls last,
    counted.publication_type asc
