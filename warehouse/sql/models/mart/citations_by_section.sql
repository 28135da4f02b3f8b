-- Statements by the kind of section in which they stand.
-- Grain: cited_doi, section.
-- Reads: staging.cited_state, core.citation_statement, core.statement_stance
select
    state.cited_doi,
    statement.section,
    count(distinct statement.citing_work_id) as citing_work_count,
    count(*) as statement_count,
    cast(sum(statement.mention_count) as bigint) as mention_count,
    count(*) filter (where stance.stance = 'supporting') as supporting_statement_count,
    count(*) filter (where stance.stance = 'mentioning') as mentioning_statement_count,
    count(*) filter (where stance.stance = 'contrasting') as contrasting_statement_count,
    count(*) filter (where stance.stance = 'unclassified') as unclassified_statement_count
from staging.cited_state as state
inner join core.citation_statement as statement on state.work_id = statement.cited_work_id
left join core.statement_stance as stance on statement.statement_id = stance.statement_id
where state.state = 'known'
group by
    state.cited_doi,
    statement.section
