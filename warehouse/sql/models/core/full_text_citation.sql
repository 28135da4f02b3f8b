-- What came of looking for the watched works in the full texts of the works that cite them.
-- Grain: citing_work_id, cited_work_id.
-- Reads: core.citation, core.full_text, core.citation_statement, staging.cited_name,
--        staging.extraction
with stated as (
    select
        citing_work_id,
        cited_work_id,
        count(*) as statement_count,
        cast(sum(mention_count) as bigint) as mention_count
    from core.citation_statement
    group by
        citing_work_id,
        cited_work_id
)

select
    citation.citing_work_id,
    citation.cited_work_id,
    case full_text.outcome
        when 'read' then extraction.outcome
        else full_text.outcome
    end as outcome,
    case full_text.outcome
        when 'read' then extraction.why
        else full_text.why
    end as why,
    coalesce(stated.statement_count, 0) as statement_count,
    coalesce(stated.mention_count, 0) as mention_count
from core.citation as citation
inner join staging.cited_name as cited_name on citation.cited_work_id = cited_name.work_id
inner join core.full_text as full_text on citation.citing_work_id = full_text.work_id
left join staging.extraction as extraction
    on
        full_text.raw_sha256 = extraction.raw_sha256
        and cited_name.cited_key = extraction.cited_key
left join stated
    on
        citation.citing_work_id = stated.citing_work_id
        and citation.cited_work_id = stated.cited_work_id
