-- Citing works by the journal (or book, or proceedings) that they appeared in, for every cited
-- work whose state is known. A journal is its ISSN, without one its title; its name is the title
-- that most of these works give, then the first in the alphabet.
-- Grain: cited_doi, issn_l, container_title.
-- Reads: staging.cited_state, staging.edge_stance, core.citation, core.work
with citing as (
    select
        state.cited_doi,
        work.issn_l,
        work.container_title,
        coalesce(work.issn_l, work.container_title) as journal,
        citation.is_self_citation,
        edge_stance.* exclude (citing_work_id, cited_work_id) -- noqa: AM04, RF02
    from core.citation as citation
    inner join staging.cited_state as state on citation.cited_work_id = state.work_id
    inner join core.work as work on citation.citing_work_id = work.work_id
    left join staging.edge_stance as edge_stance
        on
            citation.citing_work_id = edge_stance.citing_work_id
            and citation.cited_work_id = edge_stance.cited_work_id
    where state.state = 'known'
),

printed as (
    select
        journal,
        container_title,
        count(*) as work_count
    from citing
    where container_title is not null
    group by
        journal,
        container_title
),

journal_name as (
    select
        journal,
        arg_min(container_title, (-work_count, container_title)) as container_title
    from printed
    group by journal
)

select
    citing.cited_doi,
    citing.issn_l,
    journal_name.container_title,
    count(*) as citing_work_count,
    count(*) filter (where citing.is_self_citation) as self_citing_work_count,
    count(*) filter (where not citing.is_self_citation) as independent_citing_work_count,
    count(*) filter (where citing.is_self_citation is null) as unknown_relationship_work_count,
    cast(coalesce(sum(citing.supporting_statement_count), 0) as bigint)
        as supporting_statement_count,
    cast(coalesce(sum(citing.mentioning_statement_count), 0) as bigint)
        as mentioning_statement_count,
    cast(coalesce(sum(citing.contrasting_statement_count), 0) as bigint)
        as contrasting_statement_count,
    cast(coalesce(sum(citing.unclassified_statement_count), 0) as bigint)
        as unclassified_statement_count
from citing
left join journal_name on citing.journal = journal_name.journal
group by
    citing.cited_doi,
    citing.issn_l,
    journal_name.container_title
