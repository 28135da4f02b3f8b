-- Whether it is known who cites a work. One whole list is enough, also of an earlier run: what
-- was known does not become unknown because tonight failed.
-- Grain: work_id, cited works only.
-- Reads: core.cited_doi, core.work, core.source, core.source_count
with listing as (
    select
        cited_doi.work_id,
        source_count.source,
        source_count.run_id,
        source_count.state
    from core.source_count as source_count
    inner join core.source as source on source_count.source = source.source
    inner join core.cited_doi as cited_doi on source_count.cited_doi = cited_doi.doi
    where source.lists_citing
),

known as (
    select
        work_id,
        max(run_id) as known_in_run_id
    from listing
    where state = 'known'
    group by work_id
),

latest as (
    select
        work_id,
        bool_and(state = 'not_indexed') as is_indexed_nowhere
    from (
        select
            work_id,
            state
        from listing
        qualify
            rank() over (
                partition by work_id, source
                order by run_id desc
            ) = 1
    ) as last_word
    group by work_id
),

cited as (
    select distinct work_id
    from core.cited_doi
)

select
    cited.work_id,
    work.doi as cited_doi,
    case
        when known.work_id is not null then 'known'
        when latest.is_indexed_nowhere then 'not_indexed'
        else 'failed'
    end as state,
    known.known_in_run_id
from cited
inner join core.work as work on cited.work_id = work.work_id
left join known on cited.work_id = known.work_id
left join latest on cited.work_id = latest.work_id
