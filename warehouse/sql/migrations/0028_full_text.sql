-- Full texts, and the sentences of them that cite.

alter table staging.work_record add column full_text_id varchar;
alter table staging.work_record add column full_text_date varchar;

comment on column staging.work_record.full_text_id is
'Token by which the source gives the whole text, if it is open access. Null: it gives none.';
comment on column staging.work_record.full_text_date is
'Day on which the source received that text, ISO. Null: not said.';

create table staging.full_text_record (
    run_id varchar not null,
    source varchar not null,
    request_key varchar not null,
    record_index bigint not null,
    raw_sha256 varchar not null,
    fetched_at timestamp with time zone not null,
    record_key varchar not null,
    tokens varchar[] not null,
    article_type varchar,
    language varchar,
    licence varchar,
    reference_count bigint not null,
    citation_count bigint not null,
    first_seen_run varchar not null,
    last_seen_run varchar not null,
    first_seen timestamp with time zone not null,
    last_seen timestamp with time zone not null
);

comment on table staging.full_text_record is
'Newest text of an article, as far as it tells of itself; the text is in the archive. Grain:
source, record_key.';
comment on column staging.full_text_record.run_id is 'Run that received this version.';
comment on column staging.full_text_record.source is 'Source name.';
comment on column staging.full_text_record.request_key is 'Request; see core.fetch.';
comment on column staging.full_text_record.record_index is 'Position in the answer, from 0.';
comment on column staging.full_text_record.raw_sha256 is 'Hash of the raw answer.';
comment on column staging.full_text_record.fetched_at is 'When this version was received, UTC.';
comment on column staging.full_text_record.record_key is 'Token by which it was asked for.';
comment on column staging.full_text_record.tokens is
'Identifiers that the article gives itself, strongest first.';
comment on column staging.full_text_record.article_type is
'JATS article-type, such as research-article. Null: not said.';
comment on column staging.full_text_record.language is
'As the article says, such as en. Null: not said.';
comment on column staging.full_text_record.licence is
'URL of the article''s licence, or its name. Null: it states none.';
comment on column staging.full_text_record.reference_count is
'Entries in its lists of references.';
comment on column staging.full_text_record.citation_count is
'In-text citations that reach one of them.';
comment on column staging.full_text_record.first_seen_run is
'First run that received this key, in any version.';
comment on column staging.full_text_record.last_seen_run is 'Last run that received this key.';
comment on column staging.full_text_record.first_seen is 'When this key was first received, UTC.';
comment on column staging.full_text_record.last_seen is 'When this key was last received, UTC.';

create table staging.extraction (
    run_id varchar not null,
    raw_sha256 varchar not null,
    cited_key varchar not null,
    extractor_version bigint not null,
    outcome varchar not null,
    why varchar
);

comment on table staging.extraction is
'What came of looking for a cited work in a full text. Grain: raw_sha256, cited_key.';
comment on column staging.extraction.run_id is 'Run that fetched the text.';
comment on column staging.extraction.raw_sha256 is 'Hash of the text.';
comment on column staging.extraction.cited_key is
'Hash of all names of the cited work by which it was looked for, and of its work_id.';
comment on column staging.extraction.extractor_version is
'Version of the rules of the extraction.';
comment on column staging.extraction.outcome is
'statements, no_mention (it is in the list of references only), no_reference, rejected (no article
that can be read) or gone (the archive has the text no more).';
comment on column staging.extraction.why is 'Of a rejected one. Null: of others.';

create table staging.extracted_statement (
    run_id varchar not null,
    raw_sha256 varchar not null,
    cited_key varchar not null,
    extractor_version bigint not null,
    text_offset bigint not null,
    ref_ids varchar[] not null,
    text varchar not null,
    before varchar,
    after varchar,
    section_title varchar,
    section varchar not null,
    location varchar not null,
    markers varchar[] not null,
    mention_count bigint not null
);

comment on table staging.extracted_statement is
'Sentences of a full text that cite a work. Grain: raw_sha256, cited_key, text_offset.';
comment on column staging.extracted_statement.run_id is 'Run that fetched the text.';
comment on column staging.extracted_statement.raw_sha256 is 'Hash of the text.';
comment on column staging.extracted_statement.cited_key is
'Hash of all names of the cited work by which it was looked for, and of its work_id.';
comment on column staging.extracted_statement.extractor_version is
'Version of the rules of the extraction.';
comment on column staging.extracted_statement.text_offset is
'Where it stands: characters before it in the paragraphs that cite anything; orders the statements
of an article.';
comment on column staging.extracted_statement.ref_ids is
'Ids of the references that it reaches, in order.';
comment on column staging.extracted_statement.text is 'The sentence.';
comment on column staging.extracted_statement.before is
'The sentence before it in its paragraph. Null: none.';
comment on column staging.extracted_statement.after is
'The sentence after it in its paragraph. Null: none.';
comment on column staging.extracted_statement.section_title is
'Path of section titles, raw. Null: it stands in none.';
comment on column staging.extracted_statement.section is
'introduction, methods, results, discussion, conclusion or other.';
comment on column staging.extracted_statement.location is
'body, abstract, table, figure, box, footnote or appendix.';
comment on column staging.extracted_statement.markers is
'The in-text citations of the work as printed, in order.';
comment on column staging.extracted_statement.mention_count is
'How often the sentence cites the work.';

create table staging.cited_name (
    work_id varchar not null,
    cited_key varchar not null,
    dois varchar[] not null,
    pmids varchar[] not null,
    pmcids varchar[] not null,
    title varchar
);

comment on table staging.cited_name is
'Names by which the watched works are looked for in lists of references. Grain: work_id.';
comment on column staging.cited_name.work_id is 'Cited work.';
comment on column staging.cited_name.cited_key is 'Hash of all that follows, and of the work_id.';
comment on column staging.cited_name.dois is 'Its DOIs.';
comment on column staging.cited_name.pmids is 'Its PMIDs.';
comment on column staging.cited_name.pmcids is 'Its PMCIDs.';
comment on column staging.cited_name.title is 'Its title. Null: not known.';

drop table core.citation_statement;

create table core.citation_statement (
    statement_id varchar not null,
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    text_offset bigint not null,
    text varchar not null,
    before varchar,
    after varchar,
    section_title varchar,
    section varchar not null,
    location varchar not null,
    marker varchar,
    markers varchar[] not null,
    mention_count bigint not null,
    ref_ids varchar[] not null,
    source varchar not null,
    full_text_id varchar not null,
    licence varchar,
    run_id varchar not null,
    request_key varchar not null,
    raw_sha256 varchar not null,
    extractor_version bigint not null
);

comment on table core.citation_statement is
'One row a sentence that cites a work. Grain: statement_id.';
comment on column core.citation_statement.statement_id is
'Hash of the article, the references, the sentence and its turn among equal ones: the same as long
as these are.';
comment on column core.citation_statement.citing_work_id is 'Citing work.';
comment on column core.citation_statement.cited_work_id is 'Cited work.';
comment on column core.citation_statement.text_offset is
'Where it stands: characters before it in the paragraphs that cite anything; orders the statements
of an article.';
comment on column core.citation_statement.text is 'The sentence.';
comment on column core.citation_statement.before is
'The sentence before it in its paragraph. Null: none.';
comment on column core.citation_statement.after is
'The sentence after it in its paragraph. Null: none.';
comment on column core.citation_statement.section_title is
'Path of section titles, raw. Null: it stands in none.';
comment on column core.citation_statement.section is
'introduction, methods, results, discussion, conclusion or other.';
comment on column core.citation_statement.location is
'body, abstract, table, figure, box, footnote or appendix.';
comment on column core.citation_statement.marker is
'The first in-text citation of the work as printed. Null: it has no text.';
comment on column core.citation_statement.markers is
'The in-text citations of the work as printed, in order.';
comment on column core.citation_statement.mention_count is
'How often the sentence cites the work.';
comment on column core.citation_statement.ref_ids is
'Ids of the references that it reaches, in order.';
comment on column core.citation_statement.source is 'Source of the full text.';
comment on column core.citation_statement.full_text_id is 'Token of the full text.';
comment on column core.citation_statement.licence is
'URL of the article''s licence, or its name. Null: it states none.';
comment on column core.citation_statement.run_id is 'Run that fetched the text.';
comment on column core.citation_statement.request_key is 'Request; see core.fetch.';
comment on column core.citation_statement.raw_sha256 is 'Hash of the text.';
comment on column core.citation_statement.extractor_version is
'Version of the rules of the extraction.';

create table history.core_citation_statement as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.citation_statement
where false;

comment on table history.core_citation_statement is
'Rows that a publication took away from core.citation_statement, or added to it. Grain: a row of
core.citation_statement and a publication_no.';
comment on column history.core_citation_statement.publication_no is 'Publication.';
comment on column history.core_citation_statement.is_added is
'The row came with it; else it went.';
comment on column history.core_citation_statement.statement_id is
'Hash of the article, the references, the sentence and its turn among equal ones: the same as long
as these are.';
comment on column history.core_citation_statement.citing_work_id is 'Citing work.';
comment on column history.core_citation_statement.cited_work_id is 'Cited work.';
comment on column history.core_citation_statement.text_offset is
'Where it stands: characters before it in the paragraphs that cite anything; orders the statements
of an article.';
comment on column history.core_citation_statement.text is 'The sentence.';
comment on column history.core_citation_statement.before is
'The sentence before it in its paragraph. Null: none.';
comment on column history.core_citation_statement.after is
'The sentence after it in its paragraph. Null: none.';
comment on column history.core_citation_statement.section_title is
'Path of section titles, raw. Null: it stands in none.';
comment on column history.core_citation_statement.section is
'introduction, methods, results, discussion, conclusion or other.';
comment on column history.core_citation_statement.location is
'body, abstract, table, figure, box, footnote or appendix.';
comment on column history.core_citation_statement.marker is
'The first in-text citation of the work as printed. Null: it has no text.';
comment on column history.core_citation_statement.markers is
'The in-text citations of the work as printed, in order.';
comment on column history.core_citation_statement.mention_count is
'How often the sentence cites the work.';
comment on column history.core_citation_statement.ref_ids is
'Ids of the references that it reaches, in order.';
comment on column history.core_citation_statement.source is 'Source of the full text.';
comment on column history.core_citation_statement.full_text_id is 'Token of the full text.';
comment on column history.core_citation_statement.licence is
'URL of the article''s licence, or its name. Null: it states none.';
comment on column history.core_citation_statement.run_id is 'Run that fetched the text.';
comment on column history.core_citation_statement.request_key is 'Request; see core.fetch.';
comment on column history.core_citation_statement.raw_sha256 is 'Hash of the text.';
comment on column history.core_citation_statement.extractor_version is
'Version of the rules of the extraction.';

create table core.full_text (
    work_id varchar not null,
    source varchar not null,
    full_text_id varchar not null,
    outcome varchar not null,
    why varchar,
    article_type varchar,
    language varchar,
    licence varchar,
    reference_count bigint,
    citation_count bigint,
    fetched_at timestamp with time zone not null,
    run_id varchar not null,
    request_key varchar not null,
    raw_sha256 varchar not null
);

comment on table core.full_text is
'One row a citing work whose open full text was asked for. Grain: work_id.';
comment on column core.full_text.work_id is 'Citing work.';
comment on column core.full_text.source is 'Source of the text.';
comment on column core.full_text.full_text_id is 'Token by which it was asked for.';
comment on column core.full_text.outcome is
'read, rejected (it came, and is no article that can be read, or another work''s), not_open (the
source does not have it) or failed (no usable answer).';
comment on column core.full_text.why is 'Of a rejected or a failed one. Null: of others.';
comment on column core.full_text.article_type is
'JATS article-type, such as research-article. Null: not said.';
comment on column core.full_text.language is 'As the article says, such as en. Null: not said.';
comment on column core.full_text.licence is
'URL of the article''s licence, or its name. Null: it states none.';
comment on column core.full_text.reference_count is 'Entries in its lists of references.';
comment on column core.full_text.citation_count is 'In-text citations that reach one of them.';
comment on column core.full_text.fetched_at is 'When the answer came, UTC.';
comment on column core.full_text.run_id is 'Run that asked.';
comment on column core.full_text.request_key is 'Request; see core.fetch.';
comment on column core.full_text.raw_sha256 is 'Hash of the answer.';

create table history.core_full_text as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.full_text
where false;

comment on table history.core_full_text is
'Rows that a publication took away from core.full_text, or added to it. Grain: a row of
core.full_text and a publication_no.';
comment on column history.core_full_text.publication_no is 'Publication.';
comment on column history.core_full_text.is_added is 'The row came with it; else it went.';
comment on column history.core_full_text.work_id is 'Citing work.';
comment on column history.core_full_text.source is 'Source of the text.';
comment on column history.core_full_text.full_text_id is 'Token by which it was asked for.';
comment on column history.core_full_text.outcome is
'read, rejected (it came, and is no article that can be read, or another work''s), not_open (the
source does not have it) or failed (no usable answer).';
comment on column history.core_full_text.why is 'Of a rejected or a failed one. Null: of others.';
comment on column history.core_full_text.article_type is
'JATS article-type, such as research-article. Null: not said.';
comment on column history.core_full_text.language is
'As the article says, such as en. Null: not said.';
comment on column history.core_full_text.licence is
'URL of the article''s licence, or its name. Null: it states none.';
comment on column history.core_full_text.reference_count is 'Entries in its lists of references.';
comment on column history.core_full_text.citation_count is
'In-text citations that reach one of them.';
comment on column history.core_full_text.fetched_at is 'When the answer came, UTC.';
comment on column history.core_full_text.run_id is 'Run that asked.';
comment on column history.core_full_text.request_key is 'Request; see core.fetch.';
comment on column history.core_full_text.raw_sha256 is 'Hash of the answer.';

create table core.full_text_citation (
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    outcome varchar not null,
    why varchar,
    statement_count bigint not null,
    mention_count bigint not null
);

comment on table core.full_text_citation is
'One row an edge to a watched work of which the citing work''s full text was asked for: what came
of it. Grain: citing_work_id, cited_work_id.';
comment on column core.full_text_citation.citing_work_id is 'Citing work.';
comment on column core.full_text_citation.cited_work_id is 'Cited work.';
comment on column core.full_text_citation.outcome is
'statements, no_mention (the work is in the list of references only), no_reference (it was not
found there), rejected, gone (the archive has the text no more), not_open or failed.';
comment on column core.full_text_citation.why is
'Of a rejected or a failed one. Null: of others.';
comment on column core.full_text_citation.statement_count is 'Sentences that cite the work.';
comment on column core.full_text_citation.mention_count is 'How often they cite it.';

create table history.core_full_text_citation as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.full_text_citation
where false;

comment on table history.core_full_text_citation is
'Rows that a publication took away from core.full_text_citation, or added to it. Grain: a row of
core.full_text_citation and a publication_no.';
comment on column history.core_full_text_citation.publication_no is 'Publication.';
comment on column history.core_full_text_citation.is_added is
'The row came with it; else it went.';
comment on column history.core_full_text_citation.citing_work_id is 'Citing work.';
comment on column history.core_full_text_citation.cited_work_id is 'Cited work.';
comment on column history.core_full_text_citation.outcome is
'statements, no_mention (the work is in the list of references only), no_reference (it was not
found there), rejected, gone (the archive has the text no more), not_open or failed.';
comment on column history.core_full_text_citation.why is
'Of a rejected or a failed one. Null: of others.';
comment on column history.core_full_text_citation.statement_count is
'Sentences that cite the work.';
comment on column history.core_full_text_citation.mention_count is 'How often they cite it.';

drop table mart.citations_by_section;

create table mart.citations_by_section (
    cited_doi varchar not null,
    section varchar not null,
    citing_work_count bigint not null,
    statement_count bigint not null,
    mention_count bigint not null,
    supporting_statement_count bigint,
    mentioning_statement_count bigint,
    contrasting_statement_count bigint,
    unclassified_statement_count bigint
);

comment on table mart.citations_by_section is
'Statements by the kind of section in which they stand, for every cited work whose state is known.
Grain: cited_doi, section.';
comment on column mart.citations_by_section.cited_doi is
'DOI of the cited work, as in mart.tally.';
comment on column mart.citations_by_section.section is
'Kind of section: introduction, methods, results, discussion, conclusion or other.';
comment on column mart.citations_by_section.citing_work_count is
'Citing works with a statement there; a work with statements in several sections is in each.';
comment on column mart.citations_by_section.statement_count is 'Statements there.';
comment on column mart.citations_by_section.mention_count is 'How often they cite the work.';
comment on column mart.citations_by_section.supporting_statement_count is
'Supporting statements. Null: not judged.';
comment on column mart.citations_by_section.mentioning_statement_count is
'Mentioning statements. Null: not judged.';
comment on column mart.citations_by_section.contrasting_statement_count is
'Contrasting statements. Null: not judged.';
comment on column mart.citations_by_section.unclassified_statement_count is
'Statements without a text to judge. Null: not judged.';

create table history.mart_citations_by_section as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from mart.citations_by_section
where false;

comment on table history.mart_citations_by_section is
'Rows that a publication took away from mart.citations_by_section, or added to it. Grain: a row of
mart.citations_by_section and a publication_no.';
comment on column history.mart_citations_by_section.publication_no is 'Publication.';
comment on column history.mart_citations_by_section.is_added is
'The row came with it; else it went.';
comment on column history.mart_citations_by_section.cited_doi is
'DOI of the cited work, as in mart.tally.';
comment on column history.mart_citations_by_section.section is
'Kind of section: introduction, methods, results, discussion, conclusion or other.';
comment on column history.mart_citations_by_section.citing_work_count is
'Citing works with a statement there; a work with statements in several sections is in each.';
comment on column history.mart_citations_by_section.statement_count is 'Statements there.';
comment on column history.mart_citations_by_section.mention_count is
'How often they cite the work.';
comment on column history.mart_citations_by_section.supporting_statement_count is
'Supporting statements. Null: not judged.';
comment on column history.mart_citations_by_section.mentioning_statement_count is
'Mentioning statements. Null: not judged.';
comment on column history.mart_citations_by_section.contrasting_statement_count is
'Contrasting statements. Null: not judged.';
comment on column history.mart_citations_by_section.unclassified_statement_count is
'Statements without a text to judge. Null: not judged.';

alter table mart.tally add column mention_count bigint;
comment on column mart.tally.mention_count is
'How often the statements cite the work. Null: the state is not known.';
alter table mart.tally add column full_text_citing_work_count bigint;
comment on column mart.tally.full_text_citing_work_count is
'Citing works whose open full text was read: the population of the statements. Null: the state is
not known.';
alter table mart.tally add column stated_citing_work_count bigint;
comment on column mart.tally.stated_citing_work_count is
'Citing works with a statement. Null: the state is not known.';
comment on column mart.tally.statement_count is
'Statements: sentences of open full texts that cite the work, wherever they stand. Null: the state
is not known.';
alter table history.mart_tally add column mention_count bigint;
comment on column history.mart_tally.mention_count is
'How often the statements cite the work. Null: the state is not known.';
alter table history.mart_tally add column full_text_citing_work_count bigint;
comment on column history.mart_tally.full_text_citing_work_count is
'Citing works whose open full text was read: the population of the statements. Null: the state is
not known.';
alter table history.mart_tally add column stated_citing_work_count bigint;
comment on column history.mart_tally.stated_citing_work_count is
'Citing works with a statement. Null: the state is not known.';
comment on column history.mart_tally.statement_count is
'Statements: sentences of open full texts that cite the work, wherever they stand. Null: the state
is not known.';

create table private.statement_witness (
    statement_id varchar not null,
    source varchar not null,
    record_key varchar not null,
    context_index bigint not null
);

comment on table private.statement_witness is
'Passages of other sources that hold a statement: the same sentence seen twice, never counted
twice. Private as the passages are. Grain: statement_id, source, record_key, context_index.';
comment on column private.statement_witness.statement_id is 'Statement.';
comment on column private.statement_witness.source is 'Source that has the passage, too.';
comment on column private.statement_witness.record_key is 'Key of its citation record.';
comment on column private.statement_witness.context_index is
'Passage of that record; see private.citation_context.';

comment on column staging.answer.role is
'What it was for: work, citing, references, count, agency, identifiers, look_up or full_text.';
comment on column core.fetch.role is
'What it was for: work, citing, references, count, agency, identifiers, look_up or full_text.';
