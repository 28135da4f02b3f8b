-- The works that cite any of some works, each once, by year and type.
-- Grain: citing_year, publication_type; the year null: not known. Parameter: $dois, as in
-- mart.tally.
-- Reads: core.citation, core.work, mart.tally
with citing as (
    select distinct edge.citing_work_id
    from core.citation as edge
    inner join core.work as cited on edge.cited_work_id = cited.work_id
    inner join mart.tally as tally on cited.doi = tally.cited_doi
    where tally.state = 'known' and list_contains($dois, tally.cited_doi)
)

select
    described.published_year as citing_year,
    coalesce(described.publication_type, 'other') as publication_type,
    count(*) as citing_work_count
from citing
inner join core.work as described on citing.citing_work_id = described.work_id
group by
    described.published_year,
    coalesce(described.publication_type, 'other')
order by
    described.published_year asc nulls last,
    coalesce(described.publication_type, 'other') asc
