-- What the sources sent, before it is merged; filled by sql/load.
-- No primary keys: on wide tables they cost more than the load; sql/checks holds the grain.

create table staging.answer (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    endpoint varchar not null,
    role varchar not null,
    chain varchar not null,
    page bigint not null,
    subjects varchar[] not null,
    url varchar not null,
    http_status bigint,
    outcome varchar not null,
    fetched_at timestamp with time zone not null,
    elapsed_s double not null,
    attempts bigint not null,
    body_bytes bigint not null,
    raw_sha256 varchar not null,
    kind varchar,
    received bigint not null,
    parsed bigint not null,
    rejected bigint not null,
    absent bigint not null,
    declared_total bigint,
    next_cursor varchar,
    error varchar
);

comment on table staging.answer is
'One row an answer of a source, also of requests that failed or were not sent. Grain:
run_id, source, request_key.';
comment on column staging.answer.run_id is 'Run that asked.';
comment on column staging.answer.source is 'Source that was asked.';
comment on column staging.answer.request_key is
'Method, path and parameters, without key or contact address.';
comment on column staging.answer.endpoint is 'The source''s own name of the call.';
comment on column staging.answer.role is
'What it was for: work, citing, references, count or agency.';
comment on column staging.answer.chain is 'Request key of page 1, shared by all pages of one list.';
comment on column staging.answer.page is 'Position in its chain, from 1.';
comment on column staging.answer.subjects is
'Identifiers asked about: DOIs bare, others as tokens.';
comment on column staging.answer.url is 'Final URL, redacted.';
comment on column staging.answer.http_status is
'HTTP status; null: no answer came, or none was asked for.';
comment on column staging.answer.outcome is
'Class of the answer: ok, not_found, or a kind of failure.';
comment on column staging.answer.fetched_at is 'When the answer came, UTC.';
comment on column staging.answer.elapsed_s is
'Seconds from the first byte sent to the last byte read.';
comment on column staging.answer.attempts is 'How often it was tried; 0: not sent.';
comment on column staging.answer.body_bytes is 'Size of the body in bytes.';
comment on column staging.answer.raw_sha256 is
'SHA-256 of the body, hex; the key into the archive.';
comment on column staging.answer.kind is
'What the answer was, in the source''s words; null: not recognised.';
comment on column staging.answer.received is 'Items in the answer.';
comment on column staging.answer.parsed is 'Items that became a record.';
comment on column staging.answer.rejected is 'Items that could not be used.';
comment on column staging.answer.absent is 'Items that say there is nothing.';
comment on column staging.answer.declared_total is 'Items that the source says the whole list has.';
comment on column staging.answer.next_cursor is
'Where the next page begins, as the source gave it; null: last page.';
comment on column staging.answer.error is 'Why there is no usable body; null: there is one.';

create table staging.run_doi (
    run_id varchar not null,
    doi varchar not null,
    requested_as varchar not null
);

comment on table staging.run_doi is
'One row a cited DOI and the run that asked about it. Grain: run_id, doi.';
comment on column staging.run_doi.run_id is 'Run.';
comment on column staging.run_doi.doi is 'DOI asked about, normalised.';
comment on column staging.run_doi.requested_as is 'The text as it was typed.';

create table staging.sighting (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    kind varchar not null,
    record_key varchar not null,
    declared_count bigint
);

comment on table staging.sighting is
'One row a received record that became a record, also repeats of the same key. Law 2 counts
these. Grain: run_id, source, request_key, record_index.';
comment on column staging.sighting.run_id is 'Run that received the record.';
comment on column staging.sighting.source is 'Source that sent it.';
comment on column staging.sighting.request_key is 'Request that it answered.';
comment on column staging.sighting.record_index is 'Position in the answer, from 0.';
comment on column staging.sighting.kind is 'What it is: work, citation, agency or count.';
comment on column staging.sighting.record_key is
'Key of the record: the source''s own; for an agency the prefix, for a count the DOI.';
comment on column staging.sighting.declared_count is
'Citing works that this record declares; null: it does not say.';
