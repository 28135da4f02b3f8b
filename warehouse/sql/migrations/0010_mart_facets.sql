-- Further aggregates: by section, journal and author.

create table mart.citations_by_section (
    cited_doi varchar not null,
    section varchar not null,
    statement_count bigint,
    supporting_statement_count bigint,
    mentioning_statement_count bigint,
    contrasting_statement_count bigint,
    unclassified_statement_count bigint
);

comment on table mart.citations_by_section is
'Statements by the section they stand in. Not filled yet. Grain: cited_doi, section.';
comment on column mart.citations_by_section.cited_doi is 'DOI of the cited work (core.work.doi).';
comment on column mart.citations_by_section.section is
'introduction, methods, results, discussion, conclusion or other.';
comment on column mart.citations_by_section.statement_count is 'In-text citations.';
comment on column mart.citations_by_section.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column mart.citations_by_section.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column mart.citations_by_section.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column mart.citations_by_section.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';

create table mart.citations_by_journal (
    cited_doi varchar not null,
    issn_l varchar,
    container_title varchar,
    citing_work_count bigint,
    self_citing_work_count bigint,
    independent_citing_work_count bigint,
    unknown_relationship_work_count bigint,
    supporting_statement_count bigint,
    mentioning_statement_count bigint,
    contrasting_statement_count bigint,
    unclassified_statement_count bigint
);

comment on table mart.citations_by_journal is
'Citing works by journal; works without a container stand under null. Population as
mart.citations_by_year_and_type. Grain: cited_doi, issn_l, container_title.';
comment on column mart.citations_by_journal.cited_doi is 'DOI of the cited work (core.work.doi).';
comment on column mart.citations_by_journal.issn_l is 'Linking ISSN. Null: not known.';
comment on column mart.citations_by_journal.container_title is
'Journal, book or proceedings; for an ISSN the most frequent title. Null: not known.';
comment on column mart.citations_by_journal.citing_work_count is
'Distinct citing works, each version counted.';
comment on column mart.citations_by_journal.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column mart.citations_by_journal.independent_citing_work_count is
'Citing works that share none.';
comment on column mart.citations_by_journal.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column mart.citations_by_journal.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column mart.citations_by_journal.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column mart.citations_by_journal.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column mart.citations_by_journal.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';

create table mart.citations_by_author (
    cited_doi varchar not null,
    author_key varchar not null,
    name varchar not null,
    orcid varchar,
    openalex_author_id varchar,
    citing_work_count bigint,
    self_citing_work_count bigint,
    independent_citing_work_count bigint,
    unknown_relationship_work_count bigint,
    supporting_statement_count bigint,
    mentioning_statement_count bigint,
    contrasting_statement_count bigint,
    unclassified_statement_count bigint
);

comment on table mart.citations_by_author is
'Citing works by author; a work counts once for each of its authors, so rows do not add up to the
number of works; works without authors are left out. Population as
mart.citations_by_year_and_type. Grain: cited_doi, author_key.';
comment on column mart.citations_by_author.cited_doi is 'DOI of the cited work (core.work.doi).';
comment on column mart.citations_by_author.author_key is
'orcid:, else openalex:, else name: and what the author goes by.';
comment on column mart.citations_by_author.name is 'Most frequent name under this key.';
comment on column mart.citations_by_author.orcid is 'Bare ORCID iD. Null: not known.';
comment on column mart.citations_by_author.openalex_author_id is
'Bare OpenAlex author id, the most frequent. Null: not known.';
comment on column mart.citations_by_author.citing_work_count is
'Distinct citing works, each version counted.';
comment on column mart.citations_by_author.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column mart.citations_by_author.independent_citing_work_count is
'Citing works that share none.';
comment on column mart.citations_by_author.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column mart.citations_by_author.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column mart.citations_by_author.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column mart.citations_by_author.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column mart.citations_by_author.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';
