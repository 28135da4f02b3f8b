-- What the runs did and what each source said.
-- core.fetch, core.reject and core.absent are views: the rows live once, in staging.

create table core.source (
    source varchar not null,
    lists_citing boolean not null,
    agency varchar
);

comment on table core.source is
'What each source can do; filled by 0012. Grain: source.';
comment on column core.source.source is 'Source name.';
comment on column core.source.lists_citing is 'Whether it can list the works that cite a DOI.';
comment on column core.source.agency is
'Registration agency whose DOIs alone it describes; null: it is no registry.';

create table core.field_precedence (
    field varchar not null,
    source varchar not null,
    rank integer not null
);

comment on table core.field_precedence is
'Which source is believed for which field; filled by 0012. Grain: field, source.';
comment on column core.field_precedence.field is
'Field of core.work, or a group of fields that come from one record.';
comment on column core.field_precedence.source is 'Source name.';
comment on column core.field_precedence.rank is '1 is believed first.';

create table core.run (
    run_id varchar not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone,
    state varchar not null,
    version varchar not null,
    sources varchar[] not null,
    requested_doi_count bigint not null
);

comment on table core.run is
'One row a run. Grain: run_id.';
comment on column core.run.run_id is 'Run; sorts by time.';
comment on column core.run.started_at is 'Start, UTC.';
comment on column core.run.finished_at is 'End of fetching, UTC; null: not known to have ended.';
comment on column core.run.state is 'finished or unfinished.';
comment on column core.run.version is 'Version of Citehouse that ran.';
comment on column core.run.sources is 'Sources that were enabled.';
comment on column core.run.requested_doi_count is 'Cited DOIs asked about.';

create view core.fetch as -- noqa: PRS
select
    answer.run_id,
    answer.source,
    answer.request_key,
    answer.endpoint,
    answer.role,
    answer.chain,
    answer.page,
    answer.subjects,
    answer.url,
    answer.http_status,
    answer.outcome,
    answer.fetched_at,
    answer.elapsed_s,
    answer.attempts,
    answer.body_bytes,
    answer.raw_sha256,
    answer.kind,
    answer.received,
    answer.parsed,
    answer.rejected,
    answer.absent,
    answer.declared_total,
    answer.next_cursor,
    answer.error
from staging.answer as answer;

comment on view core.fetch is
'One row an answer of a source, also of requests that failed or were not sent. Grain: run_id,
source, request_key.';
comment on column core.fetch.run_id is 'Run that asked.';
comment on column core.fetch.source is 'Source that was asked.';
comment on column core.fetch.request_key is
'Method, path and parameters, without key or contact address.';
comment on column core.fetch.endpoint is 'The source''s own name of the call.';
comment on column core.fetch.role is 'What it was for: work, citing, references, count or agency.';
comment on column core.fetch.chain is 'Request key of page 1, shared by all pages of one list.';
comment on column core.fetch.page is 'Position in its chain, from 1.';
comment on column core.fetch.subjects is 'Identifiers asked about: DOIs bare, others as tokens.';
comment on column core.fetch.url is 'Final URL, redacted.';
comment on column core.fetch.http_status is
'HTTP status; null: no answer came, or none was asked for.';
comment on column core.fetch.outcome is 'Class of the answer: ok, not_found, or a kind of failure.';
comment on column core.fetch.fetched_at is 'When the answer came, UTC.';
comment on column core.fetch.elapsed_s is 'Seconds from the first byte sent to the last byte read.';
comment on column core.fetch.attempts is 'How often it was tried; 0: not sent.';
comment on column core.fetch.body_bytes is 'Size of the body in bytes.';
comment on column core.fetch.raw_sha256 is 'SHA-256 of the body, hex; the key into the archive.';
comment on column core.fetch.kind is
'What the answer was, in the source''s words; null: not recognised.';
comment on column core.fetch.received is 'Items in the answer.';
comment on column core.fetch.parsed is 'Items that became a record.';
comment on column core.fetch.rejected is 'Items that could not be used.';
comment on column core.fetch.absent is 'Items that say there is nothing.';
comment on column core.fetch.declared_total is 'Items that the source says the whole list has.';
comment on column core.fetch.next_cursor is
'Where the next page begins, as the source gave it; null: last page.';
comment on column core.fetch.error is 'Why there is no usable body; null: there is one.';

create view core.reject as -- noqa: PRS
select
    reject.source,
    reject.run_id,
    reject.request_key,
    reject.record_index,
    reject.errors,
    reject.raw_sha256
from staging.reject_record as reject;

comment on view core.reject is
'One row a received record that could not be used. Grain: run_id, source, request_key,
record_index.';
comment on column core.reject.source is 'Source name.';
comment on column core.reject.run_id is 'Run that received it.';
comment on column core.reject.request_key is 'Request that it answered.';
comment on column core.reject.record_index is 'Position in the answer, from 0.';
comment on column core.reject.errors is 'All its errors: a list of {field, message, value}.';
comment on column core.reject.raw_sha256 is 'SHA-256 of the raw answer, hex.';

create view core.absent as -- noqa: PRS
select
    absent.source,
    absent.run_id,
    absent.request_key,
    absent.record_index,
    absent.subject,
    absent.cause,
    absent.raw_sha256
from staging.absent_record as absent;

comment on view core.absent is
'One row a received item that says there is nothing. Grain: run_id, source, request_key,
record_index, subject.';
comment on column core.absent.source is 'Source name.';
comment on column core.absent.run_id is 'Run that received it.';
comment on column core.absent.request_key is 'Request that it answered.';
comment on column core.absent.record_index is 'Position in the answer, from 0.';
comment on column core.absent.subject is 'What was asked for, or what the source calls the item.';
comment on column core.absent.cause is 'not found, or no identifier.';
comment on column core.absent.raw_sha256 is 'SHA-256 of the raw answer, hex.';

create table core.run_source (
    run_id varchar not null,
    source varchar not null,
    received bigint not null,
    loaded bigint not null,
    duplicate bigint not null,
    rejected bigint not null,
    absent bigint not null
);

comment on table core.run_source is
'Nothing vanishes: received = loaded + duplicate + rejected + absent. Grain: run_id, source.';
comment on column core.run_source.run_id is 'Run.';
comment on column core.run_source.source is 'Source name.';
comment on column core.run_source.received is 'Items in the answers.';
comment on column core.run_source.loaded is 'Distinct records among them.';
comment on column core.run_source.duplicate is 'Repeats of a record within the run.';
comment on column core.run_source.rejected is 'Items that could not be used.';
comment on column core.run_source.absent is 'Items that say there is nothing.';

create table core.cited_doi (
    doi varchar not null,
    requested_as varchar not null,
    work_id varchar not null,
    first_run_id varchar not null,
    last_run_id varchar not null
);

comment on table core.cited_doi is
'One row a cited DOI that was ever asked about. Grain: doi.';
comment on column core.cited_doi.doi is
'DOI as asked, normalised; may be an alias of core.work.doi.';
comment on column core.cited_doi.requested_as is 'The text as it was last typed.';
comment on column core.cited_doi.work_id is 'Work that it names.';
comment on column core.cited_doi.first_run_id is 'First run that asked.';
comment on column core.cited_doi.last_run_id is 'Last run that asked.';

create table core.source_count (
    cited_doi varchar not null,
    source varchar not null,
    run_id varchar not null,
    state varchar not null,
    declared_count bigint,
    stored_count bigint,
    cause varchar,
    certificate json
);

comment on table core.source_count is
'Zero means zero: what a source said about a cited DOI in a run. Grain: cited_doi, source, run_id.';
comment on column core.source_count.cited_doi is 'DOI as asked.';
comment on column core.source_count.source is 'Source name.';
comment on column core.source_count.run_id is 'Run.';
comment on column core.source_count.state is 'known, not_indexed or failed.';
comment on column core.source_count.declared_count is
'Citing works that the source declares. Null: it did not say.';
comment on column core.source_count.stored_count is
'Citing works with evidence of this source, up to that run. Null: not known.';
comment on column core.source_count.cause is
'Why it is not known, or what else there is to say. Null: nothing.';
comment on column core.source_count.certificate is
'How the list was closed: declared and received rows, pages, verdict.';
