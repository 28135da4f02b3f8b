-- The news of a publication, with the names of the works. What is only new to the warehouse is no
-- news. One row a work that is retracted, however many say so.
-- Grain: change_id. Parameter: $publication_no.
-- Reads: history.change, core.work
with news as (
    select
        change.change_id,
        case when change.kind = 'citation_added' then 'citing' else 'retraction' end as event,
        change.cited_doi,
        coalesce(change.citing_work_id, change.work_id) as work_id,
        change.citing_work_id is not null as is_citing,
        change.source
    from history.change as change
    where
        change.publication_no = $publication_no
        and not change.is_back_fill
        and (
            change.kind in ('citation_added', 'retracted')
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
                coalesce(change.citing_work_id, change.work_id)
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
    news.source
from news
left join core.work as cited on news.cited_doi = cited.doi
left join core.work as work on news.work_id = work.work_id
order by
    news.cited_doi,
    news.event,
    coalesce(work.doi, news.work_id),
    news.change_id
