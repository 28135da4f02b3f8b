-- The citing works of some cited DOIs with all their names, and who has described them lately.
-- Grain: work_id. Reads: wanted (cited DOIs), described, core.cited_doi, core.citation,
-- staging.token_work
with citing as (
    select distinct citation.citing_work_id as work_id
    from core.citation as citation
    inner join core.cited_doi as cited_doi on citation.cited_work_id = cited_doi.work_id
    semi join wanted on cited_doi.doi = wanted.doi
),

named as (
    select
        token_work.work_id,
        list(token_work.token order by token_work.token) as tokens
    from staging.token_work as token_work
    semi join citing on token_work.work_id = citing.work_id
    group by token_work.work_id
)

select
    named.tokens,
    list(described.source order by described.source) as sources
from named
inner join described on named.work_id = described.work_id
group by
    named.work_id,
    named.tokens
order by named.work_id
