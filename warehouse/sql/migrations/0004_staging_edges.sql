-- Who is who (filled by sql/identity), and who cites whom (by sql/models/staging).

create table staging.token_work (
    token varchar not null,
    work_id varchar not null
);

comment on table staging.token_work is
'Which work an identifier belongs to, by the match stage. Grain: token.';
comment on column staging.token_work.token is 'Identifier, scheme:value.';
comment on column staging.token_work.work_id is 'The work: its strongest identifier.';

create table staging.work_group (
    work_id varchar not null,
    version_group_id varchar not null,
    is_preprint boolean
);

comment on table staging.work_group is
'Version groups as the match stage found them. Grain: work_id.';
comment on column staging.work_group.work_id is 'Work.';
comment on column staging.work_group.version_group_id is 'Version group: one of its work_ids.';
comment on column staging.work_group.is_preprint is
'Whether the work is a preprint, by what the match stage saw; null: nothing described it.';

create table staging.record_work (
    source varchar not null,
    record_key varchar not null,
    work_id varchar not null
);

comment on table staging.record_work is
'Which work a staged work record describes. Grain: source, record_key.';
comment on column staging.record_work.source is 'Source name.';
comment on column staging.record_work.record_key is 'Key of the record.';
comment on column staging.record_work.work_id is 'Work that it describes.';

create table staging.merged_record (
    source varchar not null,
    record_key varchar not null,
    work_id varchar not null,
    described_work_id varchar not null
);

comment on table staging.merged_record is
'Records that a source gives for a cited DOI although they describe another work: it has merged
the two, a preprint into its article. Grain: source, record_key, work_id.';
comment on column staging.merged_record.source is 'Source name.';
comment on column staging.merged_record.record_key is 'Key of the record.';
comment on column staging.merged_record.work_id is 'Cited work that was asked about.';
comment on column staging.merged_record.described_work_id is 'Work that the record describes.';

create table staging.edge (
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    source varchar not null,
    record_key varchar not null,
    is_loop boolean not null,
    first_seen_run varchar not null,
    last_seen_run varchar not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null
);

comment on table staging.edge is
'One row a record that says that one work cites another, loops still in. Grain: citing_work_id,
cited_work_id, source, record_key.';
comment on column staging.edge.citing_work_id is 'Citing work.';
comment on column staging.edge.cited_work_id is 'Cited work.';
comment on column staging.edge.source is 'Source that says so.';
comment on column staging.edge.record_key is
'Its record that says so: a citation, or the citing work with its references.';
comment on column staging.edge.is_loop is
'Both ends are one work, or versions of one work: kept out of core.citation.';
comment on column staging.edge.first_seen_run is
'First run that received this key, in any version.';
comment on column staging.edge.last_seen_run is 'Last run that received this key.';
comment on column staging.edge.first_seen is 'When this key was first received, UTC.';
comment on column staging.edge.last_seen is 'When this key was last received, UTC.';
