-- How much the warehouse holds.
-- Grain: one row.
-- Reads: core.cited_doi, core.citation, core.citation_statement
select
    (select count(distinct work_id) from core.cited_doi) as cited_work_count,
    (
        select count(distinct edge.citing_work_id)
        from core.citation as edge
        semi join core.cited_doi as cited on edge.cited_work_id = cited.work_id
    ) as citing_work_count,
    (select count(*) from core.citation_statement) as statement_count
