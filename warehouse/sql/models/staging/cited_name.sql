-- The names by which the watched works are looked for in lists of references.
-- Grain: work_id.
-- Reads: core.cited_doi, core.work_identifier, core.work
with named as (
    select
        identifier.work_id,
        coalesce(
            list(identifier.value order by identifier.value)
            filter (where identifier.scheme = 'doi'),
            []
        ) as dois,
        coalesce(
            list(identifier.value order by identifier.value)
            filter (where identifier.scheme = 'pmid'),
            []
        ) as pmids,
        coalesce(
            list(identifier.value order by identifier.value)
            filter (where identifier.scheme = 'pmcid'),
            []
        ) as pmcids
    from core.work_identifier as identifier
    where identifier.work_id in (select cited_doi.work_id from core.cited_doi as cited_doi)
    group by identifier.work_id
)

select
    named.work_id,
    md5(cast(to_json([
        to_json(named.work_id),
        to_json(named.dois),
        to_json(named.pmids),
        to_json(named.pmcids),
        to_json(work.title)
    ]) as varchar)) as cited_key,
    named.dois,
    named.pmids,
    named.pmcids,
    work.title
from named
left join core.work as work on named.work_id = work.work_id
