-- Who cites whom, each edge once as long as some source gives it, and whether the two share an
-- author. Two authors are the same person if they have the same ORCID; where not both have one, if
-- they have the same OpenAlex author id, or else the same family name and initials. The strongest
-- of these names the method. "No" needs the whole byline of both works; without it the answer is
-- null.
-- Grain: citing_work_id, cited_work_id.
-- Reads: core.citation_evidence, core.work, staging.author_key
with edge as (
    select distinct
        citing_work_id,
        cited_work_id
    from core.citation_evidence
    where withdrawn_in_run_id is null
),

cited_author as (
    select
        author.work_id,
        author.orcid,
        author.openalex_author_id,
        author.name_key
    from staging.author_key as author
    semi join edge on author.work_id = edge.cited_work_id
),

citing_author as (
    select
        edge.citing_work_id,
        edge.cited_work_id,
        author.orcid,
        author.openalex_author_id,
        author.name_key
    from edge
    inner join staging.author_key as author on edge.citing_work_id = author.work_id
),

same_person as (
    select
        citing_author.citing_work_id,
        citing_author.cited_work_id,
        1 as strength
    from citing_author
    inner join cited_author
        on
            citing_author.cited_work_id = cited_author.work_id
            and citing_author.orcid = cited_author.orcid
    union all
    select
        citing_author.citing_work_id,
        citing_author.cited_work_id,
        2 as strength
    from citing_author
    inner join cited_author
        on
            citing_author.cited_work_id = cited_author.work_id
            and citing_author.openalex_author_id = cited_author.openalex_author_id
    where citing_author.orcid is null or cited_author.orcid is null
    union all
    select
        citing_author.citing_work_id,
        citing_author.cited_work_id,
        3 as strength
    from citing_author
    inner join cited_author
        on
            citing_author.cited_work_id = cited_author.work_id
            and citing_author.name_key = cited_author.name_key
    where citing_author.orcid is null or cited_author.orcid is null
),

shared as (
    select
        citing_work_id,
        cited_work_id,
        min(strength) as strength
    from same_person
    group by
        citing_work_id,
        cited_work_id
)

select
    edge.citing_work_id,
    edge.cited_work_id,
    case
        when shared.strength is not null then true
        when citing.author_count > 0 and cited.author_count > 0 then false
    end as is_self_citation,
    case shared.strength
        when 1 then 'orcid'
        when 2 then 'author_id'
        when 3 then 'name'
    end as self_citation_method
from edge
inner join core.work as citing on edge.citing_work_id = citing.work_id
inner join core.work as cited on edge.cited_work_id = cited.work_id
left join shared
    on
        edge.citing_work_id = shared.citing_work_id
        and edge.cited_work_id = shared.cited_work_id
