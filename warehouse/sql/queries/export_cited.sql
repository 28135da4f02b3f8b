-- The cited works that DOIs name, each DOI as it was asked about or another one of the same work;
-- of null all cited works.
-- Grain: one row a DOI that is held, ordered by it. Parameter: $dois, normalised, or null.
-- Reads: core.cited_doi, core.work_identifier, core.work
with asked as (
    select unnest(coalesce($dois, (select list(doi) from core.cited_doi))) as doi
),

named as (
    select
        asked.doi as asked_doi,
        cited.doi,
        cited.work_id
    from asked
    inner join core.cited_doi as cited on asked.doi = cited.doi
    union
    select
        asked.doi as asked_doi,
        cited.doi,
        cited.work_id
    from asked
    inner join core.work_identifier as identifier
        on asked.doi = identifier.value and identifier.scheme = 'doi'
    inner join core.cited_doi as cited on identifier.work_id = cited.work_id
),

ranked as (
    select
        asked_doi,
        doi,
        work_id,
        row_number() over (
            partition by asked_doi
            order by doi = asked_doi desc, doi asc
        ) as place
    from named
)

select
    ranked.asked_doi,
    ranked.work_id,
    coalesce(described.doi, ranked.doi) as cited_doi
from ranked
left join core.work as described on ranked.work_id = described.work_id
where ranked.place = 1
order by ranked.asked_doi
