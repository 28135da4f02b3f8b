-- Nights ask a source only where something may have moved, and look first whether it has.

alter table staging.run_doi add column sources varchar[];

alter table staging.run_doi add column reasons varchar[];

update staging.run_doi
set
    sources = list_sort(run.sources),
    reasons = list_resize(cast([] as varchar[]), len(run.sources))
from core.run as run
where run_doi.run_id = run.run_id;

comment on table staging.run_doi is
'One row a cited DOI and a run that asked any source about it. Grain: run_id, doi.';
comment on column staging.run_doi.sources is 'The sources that were asked about it, sorted.';
comment on column staging.run_doi.reasons is
'Why, source by source, in the same order. Null: the run asked all about it.';

create view core.asking as -- noqa: PRS
select
    run_doi.run_id,
    run_doi.doi as cited_doi,
    unnest(run_doi.sources) as source,
    unnest(run_doi.reasons) as reason
from staging.run_doi as run_doi;

comment on view core.asking is
'One row a cited DOI, a source that a run asked about it, and why. Grain: run_id, cited_doi,
source.';
comment on column core.asking.run_id is 'Run.';
comment on column core.asking.cited_doi is 'DOI asked about, normalised.';
comment on column core.asking.source is 'Source that was asked.';
comment on column core.asking.reason is
'moved, found, lost, owed, failed, unsettled, backfill, new, touched, followed or round: see
docs/nights.md. Null: the run asked all sources, by hand.';

alter table core.run add column command varchar default 'refresh';

comment on column core.run.command is
'What began it: refresh, nightly or backfill. A night asks only where something may have moved.';
comment on column core.run.requested_doi_count is
'Cited DOIs that any source was asked about; of a night not those that were only looked up.';

create table staging.look_up_record (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null,
    record_key varchar not null,
    doi varchar,
    declared_count bigint,
    changed_at varchar,
    first_seen_run varchar not null,
    last_seen_run varchar not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null
);

comment on table staging.look_up_record is
'What a source said when it was last looked whether anything had moved: a watermark.
Grain: source, record_key.';
comment on column staging.look_up_record.run_id is 'Run that received it.';
comment on column staging.look_up_record.source is 'Source name.';
comment on column staging.look_up_record.request_key is 'Request; see core.fetch.';
comment on column staging.look_up_record.record_index is 'Position in the answer, from 0.';
comment on column staging.look_up_record.raw_sha256 is 'Hash of the raw answer.';
comment on column staging.look_up_record.fetched_at is 'When it was received, UTC.';
comment on column staging.look_up_record.record_key is 'Key of the record in its source.';
comment on column staging.look_up_record.doi is
'DOI asked about that it answers. Null: none of them.';
comment on column staging.look_up_record.declared_count is
'Citing works that the source declares. Null: it did not say.';
comment on column staging.look_up_record.changed_at is
'When the source last changed its record, in its own notation. Null: it did not say.';
comment on column staging.look_up_record.first_seen_run is
'First run that received this key, in any version.';
comment on column staging.look_up_record.last_seen_run is 'Last run that received this key.';
comment on column staging.look_up_record.first_seen is 'When this key was first received, UTC.';
comment on column staging.look_up_record.last_seen is 'When this key was last received, UTC.';
