-- Works to export: the cited works themselves, their citing works, or the works they cite.
-- Grain: one row a cited work and a work, ordered by the cited work, date and identifier;
-- with $is_list one row a work, ordered by date and identifier.
-- Parameters: $work_ids, and their $cited_dois in the same order; $is_list; $what: work,
-- citing-works or references.
-- ${own_doi}: name of the first column: cited_doi, of references citing_doi.
-- Reads: core.work, core.work_identifier, core.authorship, core.citation
with chosen as (
    select
        unnest($work_ids) as work_id,
        unnest($cited_dois) as own_doi
),

related as (
    select
        own_doi,
        work_id,
        null::boolean as is_self_citation
    from chosen
    where $what = 'work'
    union all
    select
        chosen.own_doi,
        edge.citing_work_id as work_id,
        edge.is_self_citation
    from chosen
    inner join core.citation as edge on chosen.work_id = edge.cited_work_id
    where $what = 'citing-works'
    union all
    select
        chosen.own_doi,
        edge.cited_work_id as work_id,
        edge.is_self_citation
    from chosen
    inner join core.citation as edge on chosen.work_id = edge.citing_work_id
    where $what = 'references'
),

listed as (
    select
        own_doi,
        work_id,
        is_self_citation
    from related
    qualify not $is_list or row_number() over (partition by work_id order by own_doi) = 1
),

byline as (
    select
        work_id,
        list(
            struct_pack(name := name, family := family, given := given, orcid := orcid)
            order by position
        ) as authors
    from core.authorship
    where work_id in (select listed.work_id from listed)
    group by work_id
),

identified as (
    select
        work_id,
        min(value) filter (where scheme = 'pmid') as pmid,
        min(value) filter (where scheme = 'pmcid') as pmcid,
        min(value) filter (where scheme = 'arxiv') as arxiv
    from core.work_identifier
    where work_id in (select listed.work_id from listed)
    group by work_id
)

select
    listed.own_doi as ${own_doi},
    listed.work_id,
    described.doi,
    identified.pmid,
    identified.pmcid,
    identified.arxiv,
    described.title,
    described.publication_type,
    described.published_date,
    described.published_year,
    described.container_title,
    described.issn_l,
    described.publisher,
    described.language,
    described.is_retracted,
    listed.is_self_citation,
    described.oa_url,
    described.licence,
    described.author_count,
    byline.authors
from listed
left join core.work as described on listed.work_id = described.work_id
left join identified on listed.work_id = identified.work_id
left join byline on listed.work_id = byline.work_id
order by
    case when $is_list then null else listed.own_doi end asc,
    described.published_date asc nulls last,
    listed.work_id asc
