-- Editorial notices on cited works and on those that cite them, that came or went. Those of a work
-- that is itself new to the warehouse are no news.
-- Grain: one row a work, notice and cited work. Parameter: $publication_no.
-- Reads: history.core_notice, history.core_work, history.publication, cited_name, core.citation
insert into history.change by name
with change as (
    select
        work_id,
        type,
        notice_doi,
        bool_or(is_added) as is_added,
        any_value(source) as source
    from history.core_notice
    where publication_no = $publication_no
    group by
        work_id,
        type,
        notice_doi
    having count(distinct is_added) = 1
),

new_work as (
    select work_id
    from history.core_work
    where publication_no = $publication_no
    group by work_id
    having bool_and(is_added)
),

concerned as (
    select
        work_id,
        work_id as cited_work_id,
        cast(null as varchar) as citing_work_id
    from cited_name
    union all
    select
        citation.citing_work_id as work_id,
        citation.cited_work_id,
        citation.citing_work_id
    from core.citation as citation
    inner join cited_name on citation.cited_work_id = cited_name.work_id
)

select
    sha256(concat_ws(
        '|',
        coalesce(publication.run_id, cast($publication_no as varchar)),
        'notice',
        change.is_added,
        change.type,
        coalesce(change.notice_doi, ''),
        change.work_id,
        concerned.cited_work_id
    ))[:32] as change_id,
    $publication_no as publication_no,
    case when change.is_added then 'notice_added' else 'notice_removed' end as kind,
    case when publication.run_id is null then 'reread' else 'told' end as reason,
    publication.run_id is null
    or publication.command = 'backfill'
    or new_work.work_id is not null as is_back_fill,
    cited_name.cited_doi,
    concerned.cited_work_id,
    concerned.citing_work_id,
    change.work_id,
    change.type as field,
    case when not change.is_added then change.notice_doi end as before_value,
    case when change.is_added then change.notice_doi end as after_value,
    change.source,
    publication.run_id
from change
inner join concerned on change.work_id = concerned.work_id
inner join cited_name on concerned.cited_work_id = cited_name.work_id
inner join history.publication as publication
    on publication.publication_no = $publication_no
left join new_work on change.work_id = new_work.work_id
