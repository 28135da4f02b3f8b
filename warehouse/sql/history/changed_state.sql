-- Cited works of which it has become known who cites them, or that nobody does.
-- Grain: cited_doi. Parameter: $publication_no.
-- Reads: history.mart_tally, history.publication, core.work
insert into history.change by name
select
    sha256(concat_ws(
        '|',
        coalesce(publication.run_id, cast($publication_no as varchar)),
        'state',
        was.cited_doi
    ))[:32] as change_id,
    $publication_no as publication_no,
    'state_changed' as kind,
    case when publication.run_id is null then 'reread' else 'told' end as reason,
    true as is_back_fill,
    was.cited_doi,
    work.work_id as cited_work_id,
    'state' as field,
    was.state as before_value,
    became.state as after_value,
    publication.run_id
from history.mart_tally as was
inner join history.mart_tally as became
    on was.publication_no = became.publication_no and was.cited_doi = became.cited_doi
inner join history.publication as publication
    on was.publication_no = publication.publication_no
left join core.work as work on was.cited_doi = work.doi
where
    was.publication_no = $publication_no
    and not was.is_added
    and became.is_added
    and was.state <> became.state
