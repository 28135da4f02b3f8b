-- The publications with the runs that each took in, oldest first. Grain: publication_no.
-- Reads: history.publication, history.publication_run
select
    publication.publication_no,
    publication.published_at,
    publication.command,
    publication.run_id,
    coalesce(
        list(taken_in.run_id order by taken_in.run_id) filter (taken_in.run_id is not null),
        []
    ) as run_ids
from history.publication as publication
left join history.publication_run as taken_in
    on publication.publication_no = taken_in.publication_no
group by
    publication.publication_no,
    publication.published_at,
    publication.command,
    publication.run_id
order by publication.publication_no
