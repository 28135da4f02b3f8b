-- Who cites whom, who says so, and in which words.

create table core.citation (
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    is_self_citation boolean,
    self_citation_method varchar
);

comment on table core.citation is
'One row an edge, each once, whoever says so. Only edges that touch a cited DOI; no self loops.
Grain: citing_work_id, cited_work_id.';
comment on column core.citation.citing_work_id is 'Citing work.';
comment on column core.citation.cited_work_id is 'Cited work.';
comment on column core.citation.is_self_citation is
'The two share an author. Null: not known (no or shortened author lists).';
comment on column core.citation.self_citation_method is
'What they share: orcid, author_id or name. Null: nothing.';

create table core.citation_evidence (
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    source varchar not null,
    source_ids varchar[] not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null,
    run_id varchar not null
);

comment on table core.citation_evidence is
'One row an edge and a source that says so. Grain: citing_work_id, cited_work_id, source.';
comment on column core.citation_evidence.citing_work_id is 'Citing work.';
comment on column core.citation_evidence.cited_work_id is 'Cited work.';
comment on column core.citation_evidence.source is 'Source name.';
comment on column core.citation_evidence.source_ids is 'Its records that say so, sorted.';
comment on column core.citation_evidence.first_seen is
'When such a record was first received, UTC.';
comment on column core.citation_evidence.last_seen is 'When such a record was last received, UTC.';
comment on column core.citation_evidence.run_id is 'Last run that received such a record.';

create table core.citation_statement (
    statement_id varchar not null,
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    text varchar not null,
    before varchar,
    after varchar,
    section_title varchar,
    section varchar,
    location varchar,
    marker varchar,
    mention_count bigint,
    source varchar not null,
    licence varchar
);

comment on table core.citation_statement is
'One row a sentence that cites a work. Not filled yet. Grain: statement_id.';
comment on column core.citation_statement.statement_id is 'Statement.';
comment on column core.citation_statement.citing_work_id is 'Citing work.';
comment on column core.citation_statement.cited_work_id is 'Cited work.';
comment on column core.citation_statement.text is 'The sentence.';
comment on column core.citation_statement.before is 'The sentence before it.';
comment on column core.citation_statement.after is 'The sentence after it.';
comment on column core.citation_statement.section_title is 'Path of section titles, raw.';
comment on column core.citation_statement.section is
'introduction, methods, results, discussion, conclusion or other.';
comment on column core.citation_statement.location is
'body, abstract, table, figure, box, footnote or appendix.';
comment on column core.citation_statement.marker is 'The in-text citation as printed.';
comment on column core.citation_statement.mention_count is 'How often the sentence cites the work.';
comment on column core.citation_statement.source is 'Source of the full text.';
comment on column core.citation_statement.licence is 'Licence of the full text.';

create table core.stance (
    statement_id varchar not null,
    model_version varchar not null,
    stance varchar not null,
    p_supporting double,
    p_mentioning double,
    p_contrasting double
);

comment on table core.stance is
'How a statement stands to what it cites. Not filled yet. Grain: statement_id, model_version.';
comment on column core.stance.statement_id is 'Statement.';
comment on column core.stance.model_version is 'Classifier that judged.';
comment on column core.stance.stance is 'supporting, mentioning, contrasting or unclassified.';
comment on column core.stance.p_supporting is 'Probability, 0 to 1.';
comment on column core.stance.p_mentioning is 'Probability, 0 to 1.';
comment on column core.stance.p_contrasting is 'Probability, 0 to 1.';
