-- The records of the sources, newest per key, and what could not become one; filled by sql/load.

create table staging.work_record (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null,
    record_key varchar not null,
    tokens varchar[] not null,
    aliases varchar[] not null,
    version_links struct(relation varchar, token varchar)[] not null,
    title varchar,
    publication_type varchar not null,
    raw_type varchar,
    type_rule varchar not null,
    published_date varchar,
    published_date_raw varchar,
    published_year bigint,
    date_rule varchar,
    container_title varchar,
    issn_l varchar,
    issns varchar[] not null,
    publisher varchar,
    language varchar,
    is_retracted boolean,
    notices struct(
        type varchar,
        doi varchar,
        date varchar,
        asserted_by varchar
    )[] not null,
    oa_url varchar,
    licence varchar,
    authors struct(
        position bigint,
        name varchar,
        family varchar,
        given varchar,
        orcid varchar,
        openalex_author_id varchar
    )[],
    is_complete boolean not null,
    "references" varchar[] not null,
    reference_count bigint,
    cited_by_count bigint,
    abstract varchar,
    content_hash varchar not null,
    first_seen_run varchar not null,
    last_seen_run varchar not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null
);

comment on table staging.work_record is
'One row a work as one source describes it, the newest record per key: by run_id, then
is_complete, then content_hash. aliases and version_links are those of all its versions in that
run: an answer about one DOI alone may tell more of them. Grain: source, record_key.';
comment on column staging.work_record.run_id is 'Run that received the record.';
comment on column staging.work_record.source is 'Source that sent it.';
comment on column staging.work_record.request_key is 'Request that it answered; see core.fetch.';
comment on column staging.work_record.record_index is 'Position in the answer, from 0.';
comment on column staging.work_record.raw_sha256 is
'SHA-256 of the raw answer, hex; the key into the archive.';
comment on column staging.work_record.fetched_at is 'When the answer came, UTC.';
comment on column staging.work_record.record_key is 'What the source itself calls the record.';
comment on column staging.work_record.tokens is 'Identifiers of this work, scheme:value.';
comment on column staging.work_record.aliases is
'Identifiers of other DOIs that the registry says are this work.';
comment on column staging.work_record.version_links is
'Other versions of the work, as the source relates them.';
comment on column staging.work_record.title is 'Title.';
comment on column staging.work_record.publication_type is 'Type, mapped from raw_type.';
comment on column staging.work_record.raw_type is
'Type in the source''s words; several joined by ''; ''.';
comment on column staging.work_record.type_rule is
'Step of the type mapping that spoke: notice, preprint, table, unknown.';
comment on column staging.work_record.published_date is
'ISO 8601, as precise as given: YYYY, YYYY-MM or YYYY-MM-DD.';
comment on column staging.work_record.published_date_raw is
'What the source wrote, where published_date says less.';
comment on column staging.work_record.published_year is
'Year of published_date, however early or late.';
comment on column staging.work_record.date_rule is
'The source''s field that the date was read from.';
comment on column staging.work_record.container_title is 'Journal, book or proceedings.';
comment on column staging.work_record.issn_l is 'Linking ISSN of the container.';
comment on column staging.work_record.issns is 'All ISSNs of the container.';
comment on column staging.work_record.publisher is 'Publisher.';
comment on column staging.work_record.language is 'Language code as the source gives it.';
comment on column staging.work_record.is_retracted is
'Whether the source says that the work is retracted.';
comment on column staging.work_record.notices is 'Editorial notices on the work.';
comment on column staging.work_record.oa_url is 'Open-access location.';
comment on column staging.work_record.licence is
'Licence of the open-access location, or of the work.';
comment on column staging.work_record.authors is
'Authors in the order of the byline; null: not given.';
comment on column staging.work_record.is_complete is
'False where the source shortened the record (author lists).';
comment on column staging.work_record."references" is
'Identifiers of the works it cites, as matched by the source.';
comment on column staging.work_record.reference_count is
'Length of its reference list, as declared.';
comment on column staging.work_record.cited_by_count is
'Number of works that cite it, as declared.';
comment on column staging.work_record.abstract is
'Abstract; kept private, copyright may stay with the publisher.';
comment on column staging.work_record.content_hash is 'Hash of the record without its place.';
comment on column staging.work_record.first_seen_run is
'First run that received this key, in any version.';
comment on column staging.work_record.last_seen_run is 'Last run that received this key.';
comment on column staging.work_record.first_seen is 'When this key was first received, UTC.';
comment on column staging.work_record.last_seen is 'When this key was last received, UTC.';

create table staging.citation_record (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null,
    record_key varchar not null,
    citing_tokens varchar[] not null,
    cited_tokens varchar[] not null,
    created varchar,
    timespan varchar,
    author_self_citation boolean,
    journal_self_citation boolean,
    content_hash varchar not null,
    first_seen_run varchar not null,
    last_seen_run varchar not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null
);

comment on table staging.citation_record is
'One row a citation that a source lists as a record of its own, newest per key: by run_id,
then content_hash. Grain: source, record_key.';
comment on column staging.citation_record.run_id is 'Run that received the record.';
comment on column staging.citation_record.source is 'Source that sent it.';
comment on column staging.citation_record.request_key is
'Request that it answered; see core.fetch.';
comment on column staging.citation_record.record_index is 'Position in the answer, from 0.';
comment on column staging.citation_record.raw_sha256 is
'SHA-256 of the raw answer, hex; the key into the archive.';
comment on column staging.citation_record.fetched_at is 'When the answer came, UTC.';
comment on column staging.citation_record.record_key is
'What the source calls the record, oci:CITING-CITED.';
comment on column staging.citation_record.citing_tokens is
'Identifiers of the citing work, strongest first.';
comment on column staging.citation_record.cited_tokens is
'Identifiers of the cited work, strongest first.';
comment on column staging.citation_record.created is
'When the citing work appeared, as the source writes it.';
comment on column staging.citation_record.timespan is
'Time between the two dates, ISO 8601 duration as written.';
comment on column staging.citation_record.author_self_citation is
'The source''s own flag; evidence only, it also says yes without author data.';
comment on column staging.citation_record.journal_self_citation is
'The source''s own flag; evidence only, as above.';
comment on column staging.citation_record.content_hash is 'Hash of the record without its place.';
comment on column staging.citation_record.first_seen_run is
'First run that received this key, in any version.';
comment on column staging.citation_record.last_seen_run is 'Last run that received this key.';
comment on column staging.citation_record.first_seen is 'When this key was first received, UTC.';
comment on column staging.citation_record.last_seen is 'When this key was last received, UTC.';

create table staging.agency_record (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null,
    prefix varchar not null,
    agency varchar,
    first_seen_run varchar not null,
    last_seen_run varchar not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null
);

comment on table staging.agency_record is
'One row a DOI prefix and what its registration agency is, newest answer. Grain: source, prefix.';
comment on column staging.agency_record.run_id is 'Run that received the record.';
comment on column staging.agency_record.source is 'Source that sent it.';
comment on column staging.agency_record.request_key is 'Request that it answered; see core.fetch.';
comment on column staging.agency_record.record_index is 'Position in the answer, from 0.';
comment on column staging.agency_record.raw_sha256 is
'SHA-256 of the raw answer, hex; the key into the archive.';
comment on column staging.agency_record.fetched_at is 'When the answer came, UTC.';
comment on column staging.agency_record.prefix is 'DOI prefix, such as 10.1234.';
comment on column staging.agency_record.agency is
'Registration agency; null: there is no such prefix.';
comment on column staging.agency_record.first_seen_run is
'First run that received this key, in any version.';
comment on column staging.agency_record.last_seen_run is 'Last run that received this key.';
comment on column staging.agency_record.first_seen is 'When this key was first received, UTC.';
comment on column staging.agency_record.last_seen is 'When this key was last received, UTC.';

create table staging.count_record (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null,
    doi varchar not null,
    declared_count bigint not null,
    first_seen_run varchar not null,
    last_seen_run varchar not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null
);

comment on table staging.count_record is
'One row a DOI with the number of citing works that a source declares, newest answer. Grain:
source, doi.';
comment on column staging.count_record.run_id is 'Run that received the record.';
comment on column staging.count_record.source is 'Source that sent it.';
comment on column staging.count_record.request_key is 'Request that it answered; see core.fetch.';
comment on column staging.count_record.record_index is 'Position in the answer, from 0.';
comment on column staging.count_record.raw_sha256 is
'SHA-256 of the raw answer, hex; the key into the archive.';
comment on column staging.count_record.fetched_at is 'When the answer came, UTC.';
comment on column staging.count_record.doi is 'DOI asked about.';
comment on column staging.count_record.declared_count is 'Citing works, as declared.';
comment on column staging.count_record.first_seen_run is
'First run that received this key, in any version.';
comment on column staging.count_record.last_seen_run is 'Last run that received this key.';
comment on column staging.count_record.first_seen is 'When this key was first received, UTC.';
comment on column staging.count_record.last_seen is 'When this key was last received, UTC.';

create table staging.reject_record (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null,
    errors json not null
);

comment on table staging.reject_record is
'One row a received record that could not be used. Grain: run_id, source, request_key,
record_index.';
comment on column staging.reject_record.run_id is 'Run that received the record.';
comment on column staging.reject_record.source is 'Source that sent it.';
comment on column staging.reject_record.request_key is 'Request that it answered; see core.fetch.';
comment on column staging.reject_record.record_index is 'Position in the answer, from 0.';
comment on column staging.reject_record.raw_sha256 is
'SHA-256 of the raw answer, hex; the key into the archive.';
comment on column staging.reject_record.fetched_at is 'When the answer came, UTC.';
comment on column staging.reject_record.errors is
'All its errors: a list of {field, message, value}.';

create table staging.absent_record (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null,
    subject varchar not null,
    cause varchar not null
);

comment on table staging.absent_record is
'One row a received item that says there is nothing. Grain: run_id, source, request_key,
record_index, subject.';
comment on column staging.absent_record.run_id is 'Run that received the record.';
comment on column staging.absent_record.source is 'Source that sent it.';
comment on column staging.absent_record.request_key is 'Request that it answered; see core.fetch.';
comment on column staging.absent_record.record_index is 'Position in the answer, from 0.';
comment on column staging.absent_record.raw_sha256 is
'SHA-256 of the raw answer, hex; the key into the archive.';
comment on column staging.absent_record.fetched_at is 'When the answer came, UTC.';
comment on column staging.absent_record.subject is
'What was asked for, or what the source calls the item.';
comment on column staging.absent_record.cause is 'not found, or no identifier.';
