-- Record the run and the cited DOIs that it was asked about.
-- A finished run is not made unfinished by loading an older manifest of it.

create or replace temp table taken_run as
select incoming.run_id
from incoming_run as incoming
left join core.run as known on incoming.run_id = known.run_id
where incoming.finished_at is not null or known.finished_at is null;

delete from core.run
using taken_run
where run.run_id = taken_run.run_id;

insert into core.run by name
select
    incoming.run_id,
    incoming.started_at,
    incoming.finished_at,
    case when incoming.finished_at is null then 'unfinished' else 'finished' end as state,
    incoming.version,
    incoming.sources,
    incoming.requested_doi_count,
    incoming.command
from incoming_run as incoming
inner join taken_run on incoming.run_id = taken_run.run_id;

delete from staging.run_doi
using incoming_run
where run_doi.run_id = incoming_run.run_id;

insert into staging.run_doi by name
select
    incoming.run_id,
    incoming.doi,
    incoming.requested_as,
    incoming.sources,
    incoming.reasons
from incoming_run_doi as incoming;
