-- Further steps of the merge, one table a model of sql/models/staging.

create table staging.work_answer (
    run_id varchar not null,
    source varchar not null,
    work_id varchar not null,
    role varchar not null,
    request_key varchar not null,
    chain varchar not null,
    page bigint not null,
    subject_count bigint not null,
    outcome varchar not null
);

comment on table staging.work_answer is
'Which answers speak for a cited work: of those that cover it, the ones about the fewest works.
Grain: run_id, source, work_id, role, request_key.';
comment on column staging.work_answer.run_id is 'Run.';
comment on column staging.work_answer.source is 'Source name.';
comment on column staging.work_answer.work_id is 'Cited work.';
comment on column staging.work_answer.role is 'work, citing or count.';
comment on column staging.work_answer.request_key is 'Request; see core.fetch.';
comment on column staging.work_answer.chain is 'Request key of page 1.';
comment on column staging.work_answer.page is 'Position in the chain, from 1.';
comment on column staging.work_answer.subject_count is 'Identifiers asked about together.';
comment on column staging.work_answer.outcome is 'Class of the answer.';

create table staging.work_list (
    run_id varchar not null,
    source varchar not null,
    work_id varchar not null,
    is_whole boolean not null,
    subject_count bigint not null,
    page_count bigint not null,
    declared_start bigint,
    declared_end bigint,
    row_count bigint not null,
    unique_row_count bigint not null,
    rejected_count bigint,
    no_identifier_count bigint
);

comment on table staging.work_list is
'The list of citing works that a source gave for a cited work in a run. Grain: run_id, source,
work_id.';
comment on column staging.work_list.run_id is 'Run.';
comment on column staging.work_list.source is 'Source name.';
comment on column staging.work_list.work_id is 'Cited work.';
comment on column staging.work_list.is_whole is 'Every chain of it is whole.';
comment on column staging.work_list.subject_count is
'Identifiers asked about together; the numbers are of all of them.';
comment on column staging.work_list.page_count is 'Pages received.';
comment on column staging.work_list.declared_start is 'Declared length on the first page.';
comment on column staging.work_list.declared_end is 'Declared length on the last page.';
comment on column staging.work_list.row_count is 'Items received.';
comment on column staging.work_list.unique_row_count is 'Distinct records among them.';
comment on column staging.work_list.rejected_count is
'Items that could not be used. Null: of several works, so not known of this one.';
comment on column staging.work_list.no_identifier_count is
'Citing records without any identifier. Null: likewise.';

create table staging.work_description (
    run_id varchar not null,
    source varchar not null,
    work_id varchar not null,
    is_described boolean not null,
    declared_count bigint,
    merged_into varchar
);

comment on table staging.work_description is
'Whether a source described a cited work in a run, and what it declares. Grain: run_id, source,
work_id.';
comment on column staging.work_description.run_id is 'Run.';
comment on column staging.work_description.source is 'Source name.';
comment on column staging.work_description.work_id is 'Cited work.';
comment on column staging.work_description.is_described is
'It sent a record of the work, not only a count.';
comment on column staging.work_description.declared_count is
'Citing works that it declares. Null: it does not say.';
comment on column staging.work_description.merged_into is
'The other work into which the source has merged this one; null: it has not.';

create table staging.chain (
    run_id varchar not null,
    source varchar not null,
    chain varchar not null,
    subject_count bigint not null,
    page_count bigint not null,
    declared_start bigint,
    declared_end bigint,
    row_count bigint not null,
    unique_row_count bigint not null,
    rejected_count bigint not null,
    no_identifier_count bigint not null,
    outcome varchar not null,
    is_whole boolean not null
);

comment on table staging.chain is
'One row a list of citing works that was asked for, with all its pages. Grain: run_id, source,
chain.';
comment on column staging.chain.run_id is 'Run.';
comment on column staging.chain.source is 'Source name.';
comment on column staging.chain.chain is 'Request key of page 1.';
comment on column staging.chain.subject_count is 'Identifiers asked about in one request.';
comment on column staging.chain.page_count is 'Pages received.';
comment on column staging.chain.declared_start is 'Declared length of the list on its first page.';
comment on column staging.chain.declared_end is 'Declared length of the list on its last page.';
comment on column staging.chain.row_count is 'Items received on all pages.';
comment on column staging.chain.unique_row_count is 'Distinct records among them.';
comment on column staging.chain.rejected_count is 'Items that could not be used.';
comment on column staging.chain.no_identifier_count is 'Citing records without any identifier.';
comment on column staging.chain.outcome is 'ok, or the first class of answer that was not.';
comment on column staging.chain.is_whole is
'All pages came, the last one has no successor, and no fewer rows than declared.';

create table staging.work_choice (
    work_id varchar not null,
    title struct(value varchar, source varchar, record_key varchar),
    container_title struct(value varchar, source varchar, record_key varchar),
    issn_l struct(value varchar, source varchar, record_key varchar),
    publisher struct(value varchar, source varchar, record_key varchar),
    language struct(value varchar, source varchar, record_key varchar),
    oa_url struct(value varchar, source varchar, record_key varchar),
    licence struct(value varchar, source varchar, record_key varchar),
    published struct(
        published_date varchar,
        published_date_raw varchar,
        published_year bigint,
        source varchar,
        record_key varchar
    ),
    is_retracted struct(value boolean, source varchar, record_key varchar),
    byline struct(
        authors struct(
            position bigint,
            name varchar,
            family varchar,
            given varchar,
            orcid varchar,
            openalex_author_id varchar
        )[],
        is_complete boolean,
        source varchar,
        record_key varchar
    ),
    reference_count struct(value bigint, source varchar, record_key varchar)
);

comment on table staging.work_choice is
'For each work and field the value that won, with the record that gave it. Grain: work_id.';
comment on column staging.work_choice.work_id is 'Work.';
comment on column staging.work_choice.title is 'Winner for title.';
comment on column staging.work_choice.container_title is 'Winner for container_title.';
comment on column staging.work_choice.issn_l is 'Winner for issn_l.';
comment on column staging.work_choice.publisher is 'Winner for publisher.';
comment on column staging.work_choice.language is 'Winner for language.';
comment on column staging.work_choice.oa_url is 'Winner for oa_url.';
comment on column staging.work_choice.licence is 'Winner for licence.';
comment on column staging.work_choice.published is
'Winner for the date: all three parts from one record.';
comment on column staging.work_choice.is_retracted is
'Winner for is_retracted: any yes wins over any no.';
comment on column staging.work_choice.byline is
'Winner for the authors: a complete list first, then precedence.';
comment on column staging.work_choice.reference_count is 'Winner for reference_count.';

create table staging.type_choice (
    work_id varchar not null,
    publication_type varchar not null,
    has_type_conflict boolean not null,
    source varchar not null,
    record_key varchar not null
);

comment on table staging.type_choice is
'For each described work the publication type that won. Grain: work_id.';
comment on column staging.type_choice.work_id is 'Work.';
comment on column staging.type_choice.publication_type is 'Type.';
comment on column staging.type_choice.has_type_conflict is 'Sources that could know disagree.';
comment on column staging.type_choice.source is 'Source of the type.';
comment on column staging.type_choice.record_key is 'Its record.';

create table staging.edge_count (
    cited_work_id varchar not null,
    source varchar not null,
    run_id varchar not null,
    citing_work_count bigint not null,
    duplicate_count bigint not null,
    loop_count bigint not null
);

comment on table staging.edge_count is
'How many edges each run added. Grain: cited_work_id, source, run_id.';
comment on column staging.edge_count.cited_work_id is 'Cited work.';
comment on column staging.edge_count.source is 'Source of the evidence.';
comment on column staging.edge_count.run_id is 'Run that first saw them.';
comment on column staging.edge_count.citing_work_count is 'Citing works, loops left out.';
comment on column staging.edge_count.duplicate_count is
'Records beyond the first for one citing work.';
comment on column staging.edge_count.loop_count is
'Records of the cited work itself or of a version of it.';

create table staging.cited_state (
    work_id varchar not null,
    cited_doi varchar not null,
    state varchar not null,
    known_in_run_id varchar
);

comment on table staging.cited_state is
'Whether the list of citing works is known. Grain: work_id.';
comment on column staging.cited_state.work_id is 'Cited work.';
comment on column staging.cited_state.cited_doi is 'Its DOI, core.work.doi.';
comment on column staging.cited_state.state is 'known, not_indexed or failed; as in mart.tally.';
comment on column staging.cited_state.known_in_run_id is
'Last run with a whole list of citing works. Null: none.';

create table staging.author_key (
    work_id varchar not null,
    position bigint not null,
    orcid varchar,
    openalex_author_id varchar,
    name_key varchar
);

comment on table staging.author_key is
'What authors are compared by. Grain: work_id, position.';
comment on column staging.author_key.work_id is 'Work.';
comment on column staging.author_key.position is 'Position in the byline, from 1.';
comment on column staging.author_key.orcid is 'Bare ORCID iD.';
comment on column staging.author_key.openalex_author_id is 'Bare OpenAlex author id.';
comment on column staging.author_key.name_key is
'Family name and initials, without accents and case; null: not enough of a name.';
