-- Records that only say what a work is called; and what a source adds to a citation.

create table staging.identifier_record (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null,
    record_key varchar not null,
    tokens varchar[] not null,
    first_seen_run varchar not null,
    last_seen_run varchar not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null
);

comment on table staging.identifier_record is
'Newest record in which a source says what a work is called, and nothing else (an id converter).
Grain: source, record_key.';
comment on column staging.identifier_record.run_id is 'Run that received this version.';
comment on column staging.identifier_record.source is 'Source name.';
comment on column staging.identifier_record.request_key is 'Request; see core.fetch.';
comment on column staging.identifier_record.record_index is 'Position in the answer, from 0.';
comment on column staging.identifier_record.raw_sha256 is 'Hash of the raw answer.';
comment on column staging.identifier_record.fetched_at is 'When this version was received, UTC.';
comment on column staging.identifier_record.record_key is 'Key of the record in its source.';
comment on column staging.identifier_record.tokens is
'Identifiers of one work, scheme:value, strongest first.';
comment on column staging.identifier_record.first_seen_run is
'First run that received this key, in any version.';
comment on column staging.identifier_record.last_seen_run is 'Last run that received this key.';
comment on column staging.identifier_record.first_seen is 'When this key was first received, UTC.';
comment on column staging.identifier_record.last_seen is 'When this key was last received, UTC.';

alter table staging.citation_record add column contexts struct(
    "text" varchar, intents varchar[]
)[] default [];
alter table staging.citation_record add column intents varchar[] default [];
alter table staging.citation_record add column is_influential boolean;

comment on column staging.citation_record.contexts is
'Passages that cite, as the source cut them out: text, and intents in its words. Third-party
text, private: not for export. Empty: the source gives none.';
comment on column staging.citation_record.intents is
'Why it cites, over all passages, in the words of the source: background, methodology, result.';
comment on column staging.citation_record.is_influential is
'The judgement of the source. Null: it has none.';
