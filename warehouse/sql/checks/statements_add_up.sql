-- The statements of a known cited work are as many in its tally, by section, by stance, by citing
-- work and in the rows; and each leads to an edge.
-- Level: fail
with counted as (
    select
        state.cited_doi,
        count(statement.statement_id) as statement_count,
        coalesce(sum(statement.mention_count), 0) as mention_count,
        count(distinct statement.citing_work_id) as stated_citing_work_count,
        count(stance.statement_id) as stance_count,
        count(*) filter (where stance.decided_by = 'reviewer') as reviewed_statement_count
    from staging.cited_state as state
    left join core.citation_statement as statement on state.work_id = statement.cited_work_id
    left join core.statement_stance as stance on statement.statement_id = stance.statement_id
    where state.state = 'known'
    group by state.cited_doi
),

by_section as (
    select
        cited_doi,
        sum(statement_count) as statement_count,
        sum(mention_count) as mention_count
    from mart.citations_by_section
    group by cited_doi
),

by_citing_work as (
    select
        state.cited_doi,
        sum(looked_at.statement_count) as statement_count,
        count(*) filter (where looked_at.outcome is null) as not_looked_at_count
    from core.full_text_citation as looked_at
    inner join staging.cited_state as state on looked_at.cited_work_id = state.work_id
    group by state.cited_doi
)

select
    tally.cited_doi,
    tally.statement_count,
    counted.statement_count as row_count,
    by_section.statement_count as by_section_count,
    by_citing_work.statement_count as by_citing_work_count,
    by_citing_work.not_looked_at_count
from mart.tally as tally
inner join counted on tally.cited_doi = counted.cited_doi
left join by_section on tally.cited_doi = by_section.cited_doi
left join by_citing_work on tally.cited_doi = by_citing_work.cited_doi
where
    (tally.statement_count, tally.mention_count, tally.stated_citing_work_count)
    is distinct from
    (counted.statement_count, counted.mention_count, counted.stated_citing_work_count)
    or (tally.statement_count, tally.mention_count)
    is distinct from
    (coalesce(by_section.statement_count, 0), coalesce(by_section.mention_count, 0))
    or tally.statement_count <> coalesce(by_citing_work.statement_count, 0)
    or by_citing_work.not_looked_at_count > 0
    or tally.statement_count <> (
        tally.supporting_statement_count
        + tally.mentioning_statement_count
        + tally.contrasting_statement_count
        + tally.unclassified_statement_count
    )
    or counted.statement_count <> counted.stance_count
    or tally.reviewed_statement_count <> counted.reviewed_statement_count
    or tally.stated_citing_work_count > tally.full_text_citing_work_count
    or tally.full_text_citing_work_count > tally.citing_work_count
