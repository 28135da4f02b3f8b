-- The works that cite a work, counted.
-- Grain: one row a year and publication type, year not known last. Parameter: $doi, as
-- in mart.tally.
-- Reads: mart.citations_by_year_and_type
select
    counted.citing_year,
    counted.publication_type,
    counted.citing_work_count,
    counted.citing_group_count,
    counted.self_citing_work_count,
    counted.independent_citing_work_count,
    counted.unknown_relationship_work_count,
    counted.supporting_statement_count,
    counted.mentioning_statement_count,
    counted.contrasting_statement_count,
    counted.unclassified_statement_count
from mart.citations_by_year_and_type as counted
where counted.cited_doi = $doi
order by
    counted.citing_year nulls last,
    counted.publication_type
