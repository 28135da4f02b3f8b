-- Citing works by their authors, for every cited work whose state is known. A person is an ORCID,
-- without one an OpenAlex author id, without one a name; one person may so stand in two rows.
-- Grain: cited_doi, author_key.
-- Reads: staging.cited_state, staging.edge_stance, core.citation, core.authorship
with citing as (
    select
        state.cited_doi,
        citation.citing_work_id,
        citation.cited_work_id,
        citation.is_self_citation,
        author.orcid,
        author.openalex_author_id,
        author.name,
        coalesce(
            'orcid:' || author.orcid,
            'openalex:' || author.openalex_author_id,
            'name:' || coalesce(
                core.name_key(author.family, author.given, author.name),
                core.plain_text(author.name)
            )
        ) as author_key
    from core.citation as citation
    inner join staging.cited_state as state on citation.cited_work_id = state.work_id
    inner join core.authorship as author on citation.citing_work_id = author.work_id
    where state.state = 'known'
),

-- a person whom a byline names twice is one author of it
signed as (
    select distinct
        cited_doi,
        author_key,
        orcid,
        citing_work_id,
        cited_work_id,
        is_self_citation
    from citing
),

-- one name and id a person: what most of the bylines say, then the first in the alphabet
said as (
    select
        author_key,
        name,
        openalex_author_id,
        count(*) as byline_count
    from citing
    group by
        author_key,
        name,
        openalex_author_id
),

person as (
    select
        author_key,
        arg_min(name, (-byline_count, name)) as name,
        arg_min(openalex_author_id, (-byline_count, openalex_author_id)) as openalex_author_id
    from said
    group by author_key
)

select
    citing.cited_doi,
    citing.author_key,
    person.name,
    citing.orcid,
    person.openalex_author_id,
    count(*) as citing_work_count,
    count(*) filter (where citing.is_self_citation)
        as self_citing_work_count,
    count(*) filter (where not citing.is_self_citation)
        as independent_citing_work_count,
    count(*) filter (where citing.is_self_citation is null)
        as unknown_relationship_work_count,
    cast(coalesce(sum(edge_stance.supporting_statement_count), 0) as bigint)
        as supporting_statement_count,
    cast(coalesce(sum(edge_stance.mentioning_statement_count), 0) as bigint)
        as mentioning_statement_count,
    cast(coalesce(sum(edge_stance.contrasting_statement_count), 0) as bigint)
        as contrasting_statement_count,
    cast(coalesce(sum(edge_stance.unclassified_statement_count), 0) as bigint)
        as unclassified_statement_count
from signed as citing
inner join person on citing.author_key = person.author_key
left join staging.edge_stance as edge_stance
    on
        citing.citing_work_id = edge_stance.citing_work_id
        and citing.cited_work_id = edge_stance.cited_work_id
group by
    citing.cited_doi,
    citing.author_key,
    person.name,
    citing.orcid,
    person.openalex_author_id
