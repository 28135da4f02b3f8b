-- What a source no longer gives is withdrawn only where a list proves that it is gone.

alter table core.certificate add column is_proof boolean default false;

comment on column core.certificate.verdict is
'The first that fits: truncated (a page failed or is missing), shrank (the declared length fell on
the way), complete (all that is declared or counted), ambiguous-empty (no row, none declared, and
nothing proves that there is none), repeated (too few, and rows or a cursor came twice), truncated
(too few, or the last page leads on, or nothing says how many there are).';
comment on column core.certificate.is_proof is
'What the list does not hold is not there: it is complete, and no unusable row or double can stand
in the place of a lost one. Only such lists withdraw a citation.';

create table staging.reference_run (
    source varchar not null,
    record_key varchar not null,
    token varchar not null,
    run_id varchar not null
);

comment on table staging.reference_run is
'References that not every run that received the record had, or that its newest version lacks: one
row a run that had it. A reference without a row was listed in all of them. Grain: source,
record_key, token, run_id.';
comment on column staging.reference_run.source is 'Source name.';
comment on column staging.reference_run.record_key is 'Key of the record.';
comment on column staging.reference_run.token is 'What it cited, scheme:value.';
comment on column staging.reference_run.run_id is 'Run in which some version listed it.';

-- Of a reference that is gone, older files know the last run alone that had it: those before it
-- are taken to have had it too; and one that was added later is taken to have been in all runs. So
-- past rows of the ledger may be off where references changed; a rebuild from the archive mends it.
insert into staging.reference_run by name
select distinct
    former.source,
    former.record_key,
    former.token,
    sighting.run_id
from staging.former_reference as former
inner join staging.sighting as sighting
    on
        former.source = sighting.source
        and former.record_key = sighting.record_key
        and former.last_seen_run >= sighting.run_id
where sighting.kind = 'work';

drop table staging.former_reference;

alter table staging.work_answer add column named varchar;

comment on table staging.work_answer is
'Which answers speak for a cited work, and by which of its identifiers: of those that name it, the
ones about the fewest. Grain: run_id, source, work_id, role, request_key, named.';
comment on column staging.work_answer.named is
'Identifier of the work that was asked about: a DOI bare, another as a token.';

alter table staging.work_list drop column is_whole;

create table staging.edge_said (
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    source varchar not null,
    record_key varchar not null,
    is_loop boolean not null,
    first_seen_run varchar not null,
    last_seen_run varchar not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null,
    listed_in_runs varchar[]
);

comment on table staging.edge_said is
'Who says that one work cites another, and in which runs. Grain: citing_work_id, cited_work_id,
source, record_key.';
comment on column staging.edge_said.citing_work_id is 'Citing work.';
comment on column staging.edge_said.cited_work_id is 'Cited work.';
comment on column staging.edge_said.source is 'Source that says so.';
comment on column staging.edge_said.record_key is
'Its record that says so: a citation, or the citing work with its references.';
comment on column staging.edge_said.is_loop is
'Both ends are one work, or versions of one work.';
comment on column staging.edge_said.first_seen_run is
'First run that received this key with this reference.';
comment on column staging.edge_said.last_seen_run is
'Last run that received this key with this reference.';
comment on column staging.edge_said.first_seen is 'When that was first received, UTC.';
comment on column staging.edge_said.last_seen is 'When that was last received, UTC.';
comment on column staging.edge_said.listed_in_runs is
'Runs in which the record had the reference, in order. Null: all that received the record.';

comment on column staging.edge.first_seen_run is
'First run that received this key with this reference.';
