-- Cited works with all of these words in their titles, the most cited first.
-- Grain: one row a cited work. Parameters: $words: a list, none for all works; $limit.
-- Reads: core.cited_doi, core.work, mart.tally
with cited as (
    select distinct work_id
    from core.cited_doi
    where work_id is not null
)

select
    work.doi as cited_doi,
    work.title,
    work.container_title,
    work.published_year,
    work.publication_type,
    coalesce(tally.is_retracted, work.is_retracted) as is_retracted,
    coalesce(tally.state, 'failed') as state,
    tally.citing_work_count,
    tally.statement_count,
    tally.supporting_statement_count,
    tally.mentioning_statement_count,
    tally.contrasting_statement_count
from cited
inner join core.work as work on cited.work_id = work.work_id
left join mart.tally as tally on work.doi = tally.cited_doi
where
    work.doi is not null
    and len(
        list_filter(
            $words,
            lambda word: not contains(
                strip_accents(lower(coalesce(work.title, ''))), -- noqa: RF02
                strip_accents(lower(word)) -- noqa: RF02
            )
        )
    ) = 0
order by
    tally.citing_work_count desc nulls last,
    work.doi asc
limit $limit
