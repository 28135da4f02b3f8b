-- The news of a publication, with the names of the works. What is only new to the warehouse is no
-- news. One row a work that is retracted, however many say so.
-- Grain: change_id. Parameter: $publication_no.
-- Reads: history.change, core.work, core.citation_statement
with news as (
    select
        change.change_id,
        case
            when change.kind = 'citation_added' then 'citing'
            when change.kind = 'statement_added' then 'contrasting'
            else 'retraction'
        end as event,
        change.cited_doi,
        coalesce(change.citing_work_id, change.work_id) as work_id,
        change.citing_work_id is not null as is_citing,
        change.source,
        change.statement_id
    from history.change as change
    where
        change.publication_no = $publication_no
        and not change.is_back_fill
        and (
            change.kind in ('citation_added', 'retracted')
            or (change.kind = 'statement_added' and change.after_value = 'contrasting')
            or (
                change.kind = 'notice_added'
                and change.field in ('retraction', 'withdrawal', 'removal')
            )
        )
    qualify
        row_number() over (
            partition by
                event,
                change.cited_doi,
                coalesce(change.citing_work_id, change.work_id),
                change.statement_id
            order by change.change_id
        ) = 1
)

select
    news.change_id,
    news.event,
    news.cited_doi,
    cited.title as cited_title,
    coalesce(work.doi, news.work_id) as name,
    work.title,
    news.is_citing,
    news.source,
    statement.text
from news
left join core.work as cited on news.cited_doi = cited.doi
left join core.work as work on news.work_id = work.work_id
left join core.citation_statement as statement on news.statement_id = statement.statement_id
order by
    news.cited_doi,
    news.event,
    coalesce(work.doi, news.work_id),
    statement.text_offset,
    news.change_id
