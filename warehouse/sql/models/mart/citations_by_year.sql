-- Citing works by their year: the types of mart.citations_by_year_and_type summed up.
-- Grain: cited_doi, citing_year.
-- Reads: mart.citations_by_year_and_type
select
    cited_doi,
    citing_year,
    cast(sum(citing_work_count) as bigint) as citing_work_count,
    cast(sum(citing_group_count) as bigint) as citing_group_count,
    cast(sum(self_citing_work_count) as bigint) as self_citing_work_count,
    cast(sum(independent_citing_work_count) as bigint) as independent_citing_work_count,
    cast(sum(unknown_relationship_work_count) as bigint) as unknown_relationship_work_count,
    cast(sum(supporting_statement_count) as bigint) as supporting_statement_count,
    cast(sum(mentioning_statement_count) as bigint) as mentioning_statement_count,
    cast(sum(contrasting_statement_count) as bigint) as contrasting_statement_count,
    cast(sum(unclassified_statement_count) as bigint) as unclassified_statement_count
from mart.citations_by_year_and_type
group by
    cited_doi,
    citing_year
