-- Every cited work with its numbers. They are null unless somebody gave a whole list of citing
-- works: nothing known is not nothing.
-- Grain: cited_doi.
-- Reads: staging.cited_state, staging.edge_stance, core.work, core.citation,
--        core.citation_statement, core.statement_stance, core.full_text_citation,
--        mart.citations_by_year_and_type, mart.citations_by_section
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
),

stated as (
    select
        cited_doi,
        cast(sum(statement_count) as bigint) as statement_count,
        cast(sum(mention_count) as bigint) as mention_count,
        cast(sum(supporting_statement_count) as bigint) as supporting_statement_count,
        cast(sum(mentioning_statement_count) as bigint) as mentioning_statement_count,
        cast(sum(contrasting_statement_count) as bigint) as contrasting_statement_count,
        cast(sum(unclassified_statement_count) as bigint) as unclassified_statement_count
    from mart.citations_by_section
    group by cited_doi
),

since_retracted as (
    select
        edge_stance.cited_work_id,
        cast(sum(edge_stance.supporting_statement_count) as bigint) as supporting_count,
        cast(sum(edge_stance.mentioning_statement_count) as bigint) as mentioning_count,
        cast(sum(edge_stance.contrasting_statement_count) as bigint) as contrasting_count
    from staging.edge_stance as edge_stance
    inner join core.work as citing on edge_stance.citing_work_id = citing.work_id
    where citing.is_retracted
    group by edge_stance.cited_work_id
),

reviewed as (
    select
        statement.cited_work_id,
        count(*) as reviewed_statement_count
    from core.citation_statement as statement
    inner join core.statement_stance as stance on statement.statement_id = stance.statement_id
    where stance.decided_by = 'reviewer'
    group by statement.cited_work_id
),

looked_at as (
    select
        cited_work_id,
        count(*) filter (where outcome in ('statements', 'no_mention', 'no_reference'))
            as full_text_citing_work_count,
        count(*) filter (where outcome = 'statements') as stated_citing_work_count
    from core.full_text_citation
    group by cited_work_id
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
    case state.state when 'known' then coalesce(stated.supporting_statement_count, 0) end
        as supporting_statement_count,
    case state.state when 'known' then coalesce(stated.mentioning_statement_count, 0) end
        as mentioning_statement_count,
    case state.state when 'known' then coalesce(stated.contrasting_statement_count, 0) end
        as contrasting_statement_count,
    case state.state when 'known' then coalesce(stated.unclassified_statement_count, 0) end
        as unclassified_statement_count,
    case state.state when 'known' then coalesce(since_retracted.supporting_count, 0) end
        as retracted_supporting_statement_count,
    case state.state when 'known' then coalesce(since_retracted.mentioning_count, 0) end
        as retracted_mentioning_statement_count,
    case state.state when 'known' then coalesce(since_retracted.contrasting_count, 0) end
        as retracted_contrasting_statement_count,
    case state.state when 'known' then coalesce(reviewed.reviewed_statement_count, 0) end
        as reviewed_statement_count,
    case state.state when 'known' then coalesce(stated.statement_count, 0) end as statement_count,
    case state.state when 'known' then coalesce(stated.mention_count, 0) end as mention_count,
    case state.state when 'known' then coalesce(looked_at.full_text_citing_work_count, 0) end
        as full_text_citing_work_count,
    case state.state when 'known' then coalesce(looked_at.stated_citing_work_count, 0) end
        as stated_citing_work_count,
    work.reference_count,
    work.is_retracted
from staging.cited_state as state
inner join core.work as work on state.work_id = work.work_id
left join total on state.cited_doi = total.cited_doi
left join retracted on state.work_id = retracted.cited_work_id
left join stated on state.cited_doi = stated.cited_doi
left join reviewed on state.work_id = reviewed.cited_work_id
left join since_retracted on state.work_id = since_retracted.cited_work_id
left join looked_at on state.work_id = looked_at.cited_work_id
