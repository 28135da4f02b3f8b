-- Changes in the shapes of the sources' answers.

create table core.source_drift (
    run_id varchar not null,
    source varchar not null,
    endpoint varchar not null,
    kind varchar not null,
    name varchar not null,
    record_count bigint not null,
    sampled_record_count bigint not null,
    request_key varchar not null
);

comment on table core.source_drift is
'What a source sends that was not known of it, or no longer sends, as found in a sample of the
answers of a run: 20 of each source and endpoint, and of each the first 50 records; the same ones
in every rebuild. No row: nothing was found in the sample. Runs that were loaded before the table
was there have none until a rebuild. Grain: run_id, source, endpoint, kind, name.';
comment on column core.source_drift.run_id is 'Run that received it.';
comment on column core.source_drift.source is 'Source name.';
comment on column core.source_drift.endpoint is
'The source''s own name of the call; see core.fetch.';
comment on column core.source_drift.kind is
'unknown_field: a field that the documentation, as it was read, does not have; unknown_word: a
word that is not in the vocabulary of its field; missing_field: a record lacks a field without
which nothing can be made of it.';
comment on column core.source_drift.name is
'Path of the field in the answer, dotted, [] for a list; of a word: the path, a colon, the word.';
comment on column core.source_drift.record_count is
'Sampled records that show it; for a field that stands around the records, sampled answers.';
comment on column core.source_drift.sampled_record_count is
'Records of this endpoint that were looked at.';
comment on column core.source_drift.request_key is 'Request of an answer that shows it.';
