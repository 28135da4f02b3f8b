-- Works: what they are called, what they are, who wrote them.

create table core.work (
    work_id varchar not null,
    doi varchar,
    title varchar,
    publication_type varchar,
    has_type_conflict boolean,
    published_date varchar,
    published_date_raw varchar,
    published_year bigint,
    container_title varchar,
    issn_l varchar,
    publisher varchar,
    language varchar,
    is_retracted boolean,
    oa_url varchar,
    licence varchar,
    author_count bigint,
    reference_count bigint
);

comment on table core.work is
'One row a work: cited, citing, or only named by a citation (then the descriptive columns are
null). Each value from the first source in core.field_precedence that gives one. Grain: work_id.';
comment on column core.work.work_id is 'The work: its strongest identifier, scheme:value.';
comment on column core.work.doi is
'DOI; of several the one that the registry describes. Null: none known.';
comment on column core.work.title is 'Title.';
comment on column core.work.publication_type is
'Type, see core.work_type. Null: no source described the work.';
comment on column core.work.has_type_conflict is
'Sources that could know disagree on the type. Null: no source described it.';
comment on column core.work.published_date is
'ISO 8601, as precise as given: YYYY, YYYY-MM or YYYY-MM-DD.';
comment on column core.work.published_date_raw is
'What the source wrote, where published_date says less.';
comment on column core.work.published_year is 'Year of published_date, however early or late.';
comment on column core.work.container_title is 'Journal, book or proceedings.';
comment on column core.work.issn_l is 'Linking ISSN of the container.';
comment on column core.work.publisher is 'Publisher.';
comment on column core.work.language is 'Language code as the source gives it.';
comment on column core.work.is_retracted is
'Any source or notice says that it is retracted. Null: no source says either way.';
comment on column core.work.oa_url is 'Open-access location.';
comment on column core.work.licence is 'Licence of the open-access location, or of the work.';
comment on column core.work.author_count is
'Authors in the byline. Null: not known, or only a shortened list is known.';
comment on column core.work.reference_count is 'Length of its reference list, as declared.';

create table core.work_provenance (
    work_id varchar not null,
    field varchar not null,
    source varchar not null,
    record_key varchar not null
);

comment on table core.work_provenance is
'Which record gave a value of core.work. Grain: work_id, field.';
comment on column core.work_provenance.work_id is 'Work.';
comment on column core.work_provenance.field is 'Column of core.work.';
comment on column core.work_provenance.source is 'Source of the value.';
comment on column core.work_provenance.record_key is 'Its record.';

create table core.work_identifier (
    work_id varchar not null,
    scheme varchar not null,
    value varchar not null
);

comment on table core.work_identifier is
'All identifiers of a work. Grain: work_id, scheme, value.';
comment on column core.work_identifier.work_id is 'Work.';
comment on column core.work_identifier.scheme is
'doi, pmid, pmcid, arxiv, openalex, s2, omid or epmc.';
comment on column core.work_identifier.value is
'Identifier in its normal form, without the scheme.';

create table core.work_type (
    work_id varchar not null,
    source varchar not null,
    record_key varchar not null,
    raw_type varchar,
    publication_type varchar not null,
    type_rule varchar not null
);

comment on table core.work_type is
'Every type that a source gave a work. Grain: source, record_key.';
comment on column core.work_type.work_id is 'Work.';
comment on column core.work_type.source is 'Source name.';
comment on column core.work_type.record_key is 'Its record.';
comment on column core.work_type.raw_type is 'Type in the source''s words.';
comment on column core.work_type.publication_type is 'Type that it maps to.';
comment on column core.work_type.type_rule is
'Step of the mapping that spoke: notice, preprint, table, unknown.';

create table core.version_group (
    work_id varchar not null,
    version_group_id varchar not null,
    is_preprint boolean not null
);

comment on table core.version_group is
'Versions of one work, such as preprint and article. Grain: work_id.';
comment on column core.version_group.work_id is 'Work.';
comment on column core.version_group.version_group_id is
'Group; a work without other versions is its own group.';
comment on column core.version_group.is_preprint is 'Whether this version is a preprint.';

create table core.identity_conflict (
    token_a varchar not null,
    token_b varchar not null,
    source varchar not null,
    record_key varchar not null,
    reason varchar not null
);

comment on table core.identity_conflict is
'Identifiers that a record puts together and that were kept apart. Grain: token_a, token_b, source,
record_key.';
comment on column core.identity_conflict.token_a is 'One identifier.';
comment on column core.identity_conflict.token_b is 'The other.';
comment on column core.identity_conflict.source is 'Source name.';
comment on column core.identity_conflict.record_key is 'Record that puts them together.';
comment on column core.identity_conflict.reason is 'Why they were kept apart.';

create table core.authorship (
    work_id varchar not null,
    position bigint not null,
    name varchar not null,
    family varchar,
    given varchar,
    orcid varchar,
    openalex_author_id varchar,
    source varchar not null
);

comment on table core.authorship is
'One row an author of a work, from the source of the byline. Grain: work_id, position.';
comment on column core.authorship.work_id is 'Work.';
comment on column core.authorship.position is 'Position in the byline, from 1.';
comment on column core.authorship.name is 'Name as printed.';
comment on column core.authorship.family is 'Family name.';
comment on column core.authorship.given is 'Given names or initials.';
comment on column core.authorship.orcid is
'Bare ORCID iD; filled from other sources at the same position and family name.';
comment on column core.authorship.openalex_author_id is 'Bare OpenAlex author id; filled likewise.';
comment on column core.authorship.source is 'Source of the byline.';

create table core.notice (
    work_id varchar not null,
    type varchar not null,
    notice_doi varchar,
    notice_date varchar,
    asserted_by varchar not null,
    source varchar not null
);

comment on table core.notice is
'Retractions, corrections, concerns: one row a notice on a work, each once. Grain: work_id, type,
notice_doi.';
comment on column core.notice.work_id is 'Work that the notice concerns.';
comment on column core.notice.type is 'The source''s word, such as retraction or correction.';
comment on column core.notice.notice_doi is 'DOI of the notice. Null: not given.';
comment on column core.notice.notice_date is 'ISO 8601, as precise as given.';
comment on column core.notice.asserted_by is 'Who says so: publisher before any other.';
comment on column core.notice.source is 'Source of the row.';
