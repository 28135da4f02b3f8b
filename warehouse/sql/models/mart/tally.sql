-- Every cited work with its numbers. They are null unless somebody gave a whole list of citing
-- works: nothing known is not nothing.
-- Grain: cited_doi.
-- Reads: staging.cited_state, core.work, core.citation, mart.citations_by_year_and_type
with total as (
    select
        cited_doi,
        cast(sum(citing_work_count) as bigint) as citing_work_count,
        cast(sum(citing_group_count) as bigint) as citing_group_count,
        cast(sum(self_citing_work_count) as bigint) as self_citing_work_count,
        cast(sum(independent_citing_work_count) as bigint) as independent_citing_work_count,
        cast(sum(unknown_relationship_work_count) as bigint) as unknown_relationship_work_count
    from mart.citations_by_year_and_type
    group by cited_doi
),

retracted as (
    select
        citation.cited_work_id,
        count(*) as retracted_citing_work_count
    from core.citation as citation
    inner join core.work as citing on citation.citing_work_id = citing.work_id
    where citing.is_retracted
    group by citation.cited_work_id
)

select
    state.cited_doi,
    state.state,
    case state.state when 'known' then coalesce(total.citing_work_count, 0) end
        as citing_work_count,
    case state.state when 'known' then coalesce(total.citing_group_count, 0) end
        as citing_group_count,
    case state.state when 'known' then coalesce(total.self_citing_work_count, 0) end
        as self_citing_work_count,
    case state.state when 'known' then coalesce(total.independent_citing_work_count, 0) end
        as independent_citing_work_count,
    case state.state when 'known' then coalesce(total.unknown_relationship_work_count, 0) end
        as unknown_relationship_work_count,
    case state.state when 'known' then coalesce(retracted.retracted_citing_work_count, 0) end
        as retracted_citing_work_count,
    cast(null as bigint) as supporting_statement_count,
    cast(null as bigint) as mentioning_statement_count,
    cast(null as bigint) as contrasting_statement_count,
    cast(null as bigint) as unclassified_statement_count,
    cast(null as bigint) as statement_count,
    work.reference_count,
    work.is_retracted
from staging.cited_state as state
inner join core.work as work on state.work_id = work.work_id
left join total on state.cited_doi = total.cited_doi
left join retracted on state.work_id = retracted.cited_work_id
