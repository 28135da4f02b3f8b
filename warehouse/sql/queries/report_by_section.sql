-- The statements about a work by the kind of section in which they stand, in the order of a text.
-- Grain: one row a section. Parameter: $doi, as in mart.tally.
-- Reads: mart.citations_by_section
select
    counted.section,
    counted.citing_work_count,
    counted.statement_count,
    counted.mention_count,
    counted.supporting_statement_count,
    counted.mentioning_statement_count,
    counted.contrasting_statement_count,
    counted.unclassified_statement_count
from mart.citations_by_section as counted
where counted.cited_doi = $doi
order by
    list_position(
        ['introduction', 'methods', 'results', 'discussion', 'conclusion', 'other'],
        counted.section
    )
