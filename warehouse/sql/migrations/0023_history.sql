-- What changed from one publication to the next, so that any past night can be reproduced.
--
-- A log table history.core_work has the columns of core.work: one row a row that a publication
-- took away from core.work (is_added false), or added to it (is_added true). Rows that a run says
-- of itself are not logged as added: they came with the run.

create table history.publication (
    publication_no bigint not null,
    published_at timestamp with time zone not null,
    command varchar not null,
    run_id varchar,
    version varchar not null
);

comment on table history.publication is
'One row a generation that was published and differs from the one before. Grain: publication_no.';
comment on column history.publication.publication_no is 'Counted from 1.';
comment on column history.publication.published_at is
'End of the newest run that it took in; where it took in none, when it was made. UTC.';
comment on column history.publication.command is
'What made it: refresh, nightly, backfill, rebuild, replay, works or upgrade.';
comment on column history.publication.run_id is
'The newest run that it took in. Null: none, it was made of what was there.';
comment on column history.publication.version is 'Version of Citehouse that made it.';

create table history.publication_run (
    run_id varchar not null,
    publication_no bigint not null
);

comment on table history.publication_run is
'One row a run and the publication that first held it. Grain: run_id.';
comment on column history.publication_run.run_id is 'Run.';
comment on column history.publication_run.publication_no is 'Publication.';

create table history.table_change (
    publication_no bigint not null,
    table_name varchar not null,
    added_count bigint not null,
    removed_count bigint not null,
    kept_count bigint not null
);

comment on table history.table_change is
'What a publication wrote: rows of each table that differ from the publication before. A row that
changed is removed and added. Grain: publication_no, table_name; only tables that changed.';
comment on column history.table_change.publication_no is 'Publication.';
comment on column history.table_change.table_name is 'Table, with its schema.';
comment on column history.table_change.added_count is 'Rows added.';
comment on column history.table_change.removed_count is 'Rows removed.';
comment on column history.table_change.kept_count is 'Rows that stayed as they were.';

drop table history.change;

create table history.change (
    change_id varchar not null,
    publication_no bigint not null,
    kind varchar not null,
    reason varchar not null,
    is_back_fill boolean not null,
    cited_doi varchar,
    cited_work_id varchar,
    citing_work_id varchar,
    work_id varchar,
    field varchar,
    before_value varchar,
    after_value varchar,
    source varchar,
    run_id varchar
);

comment on table history.change is
'One row an event: what a publication changed, and why. Grain: change_id.';
comment on column history.change.change_id is
'Hash of publication, kind and what it is about: the same however often it is made.';
comment on column history.change.publication_no is 'Publication that brought it.';
comment on column history.change.kind is
'citation_added, citation_removed, work_merged, work_split, re_dated, re_typed, retracted,
unretracted, corrected, notice_added, notice_removed or state_changed.';
comment on column history.change.reason is
'Why: new, came_back, first_look, withdrawn, works_merged, works_split, told (a source says so) or
reread (the archived answers were read anew).';
comment on column history.change.is_back_fill is
'It is new to the warehouse, but no news: nobody is alerted.';
comment on column history.change.cited_doi is
'DOI of the cited work that it is about, core.work.doi. Null: none.';
comment on column history.change.cited_work_id is 'The cited work.';
comment on column history.change.citing_work_id is 'The citing work. Null: not about one.';
comment on column history.change.work_id is 'The work that changed. Null: an edge or a count did.';
comment on column history.change.field is 'Column that changed. Null: the whole row came or went.';
comment on column history.change.before_value is 'Value before. Null: none.';
comment on column history.change.after_value is 'Value after. Null: none.';
comment on column history.change.source is
'Sources that say so, comma-separated. Null: nobody in particular.';
comment on column history.change.run_id is 'Newest run of the publication. Null: it had none.';


create table history.core_authorship as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.authorship
where false;

comment on table history.core_authorship is
'Rows that a publication took away from core.authorship, or added to it.
Grain: a row of core.authorship and a
publication_no.';
comment on column history.core_authorship.publication_no is 'Publication.';
comment on column history.core_authorship.is_added is
'The row came with it; else it went.';
comment on column history.core_authorship.work_id is 'Work.';
comment on column history.core_authorship.position is 'Position in the byline, from 1.';
comment on column history.core_authorship.name is 'Name as printed.';
comment on column history.core_authorship.family is 'Family name.';
comment on column history.core_authorship.given is 'Given names or initials.';
comment on column history.core_authorship.orcid is
'Bare ORCID iD; filled from other sources at the same position and family name.';
comment on column history.core_authorship.openalex_author_id is
'Bare OpenAlex author id; filled likewise.';
comment on column history.core_authorship.source is 'Source of the byline.';

create table history.core_certificate as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.certificate
where false;

comment on table history.core_certificate is
'Rows that a publication took away from core.certificate, or added to it.
Grain: a row of core.certificate and a
publication_no.';
comment on column history.core_certificate.publication_no is 'Publication.';
comment on column history.core_certificate.is_added is
'The row came with it; else it went.';
comment on column history.core_certificate.run_id is 'Run that asked.';
comment on column history.core_certificate.source is 'Source name.';
comment on column history.core_certificate.chain is
'Request key of page 1; core.fetch has the pages under it.';
comment on column history.core_certificate.role is 'citing or references.';
comment on column history.core_certificate.subjects is
'Identifiers asked about together: DOIs bare, others as tokens.';
comment on column history.core_certificate.declared_start is
'Declared length of the list on its first page. Null: the source declares none.';
comment on column history.core_certificate.declared_end is
'Declared length on its last page. Null: likewise.';
comment on column history.core_certificate.row_count is 'Items received on all pages.';
comment on column history.core_certificate.unique_row_count is 'Distinct records among them.';
comment on column history.core_certificate.repeat_count is
'Records received beyond the first of each key.';
comment on column history.core_certificate.rejected_count is
'Items that could not be used; see core.reject.';
comment on column history.core_certificate.no_identifier_count is
'Items without any identifier; see core.absent.';
comment on column history.core_certificate.page_count is
'Pages received, also those that failed.';
comment on column history.core_certificate.page_digest is
'SHA-256 over the request keys of the pages in their order, hex: the chain of cursors.';
comment on column history.core_certificate.is_unbroken is
'Every page came, none is missing in between, and no two lead to the same next page.';
comment on column history.core_certificate.outcome is
'ok, or the first class of answer that was not.';
comment on column history.core_certificate.verdict is
'The first that fits: truncated (a page failed or is missing), shrank (the declared length fell
on the way), complete (all that is declared or counted), ambiguous-empty (no row, none declared,
and nothing proves that there is none), repeated (too few, and rows or a cursor came twice),
truncated (too few, or the last page leads on, or nothing says how many there are).';
comment on column history.core_certificate.is_proof is
'What the list does not hold is not there: it is complete, and no unusable row or double can
stand in the place of a lost one. Only such lists withdraw a citation.';

create table history.core_citation as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.citation
where false;

comment on table history.core_citation is
'Rows that a publication took away from core.citation, or added to it.
Grain: a row of core.citation and a
publication_no.';
comment on column history.core_citation.publication_no is 'Publication.';
comment on column history.core_citation.is_added is
'The row came with it; else it went.';
comment on column history.core_citation.citing_work_id is 'Citing work.';
comment on column history.core_citation.cited_work_id is 'Cited work.';
comment on column history.core_citation.is_self_citation is
'The two share an author. Null: not known (no or shortened author lists).';
comment on column history.core_citation.self_citation_method is
'What they share: orcid, author_id or name. Null: nothing.';

create table history.core_citation_evidence as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.citation_evidence
where false;

comment on table history.core_citation_evidence is
'Rows that a publication took away from core.citation_evidence, or added to it.
Grain: a row of core.citation_evidence and a
publication_no.';
comment on column history.core_citation_evidence.publication_no is 'Publication.';
comment on column history.core_citation_evidence.is_added is
'The row came with it; else it went.';
comment on column history.core_citation_evidence.citing_work_id is 'Citing work.';
comment on column history.core_citation_evidence.cited_work_id is 'Cited work.';
comment on column history.core_citation_evidence.source is 'Source name.';
comment on column history.core_citation_evidence.source_ids is 'Its records that say so, sorted.';
comment on column history.core_citation_evidence.first_seen is
'When such a record was first received, UTC.';
comment on column history.core_citation_evidence.last_seen is
'When such a record was last received, UTC.';
comment on column history.core_citation_evidence.run_id is
'Last run that received such a record.';
comment on column history.core_citation_evidence.withdrawn_in_run_id is
'Run with the second complete list (or description of the citing work) in a row without it. Null:
the source still gives it, or has not been asked well enough to tell.';

create table history.core_citation_intent as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.citation_intent
where false;

comment on table history.core_citation_intent is
'Rows that a publication took away from core.citation_intent, or added to it.
Grain: a row of core.citation_intent and a
publication_no.';
comment on column history.core_citation_intent.publication_no is 'Publication.';
comment on column history.core_citation_intent.is_added is
'The row came with it; else it went.';
comment on column history.core_citation_intent.citing_work_id is 'Citing work.';
comment on column history.core_citation_intent.cited_work_id is 'Cited work.';
comment on column history.core_citation_intent.source is 'Source that says so.';
comment on column history.core_citation_intent.intents is
'Over all passages, sorted; Semantic Scholar: background, methodology, result. Empty: no reason
given.';
comment on column history.core_citation_intent.is_influential is
'The judgement of the source: the cited work has a marked influence. Null: it has none.';
comment on column history.core_citation_intent.context_count is
'Different passages that the source has cut out; not a number of citations in the text.';
comment on column history.core_citation_intent.attribution is
'Who must be named where this is shown.';

create table history.core_cited_doi as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.cited_doi
where false;

comment on table history.core_cited_doi is
'Rows that a publication took away from core.cited_doi, or added to it.
Grain: a row of core.cited_doi and a
publication_no.';
comment on column history.core_cited_doi.publication_no is 'Publication.';
comment on column history.core_cited_doi.is_added is
'The row came with it; else it went.';
comment on column history.core_cited_doi.doi is
'DOI as asked, normalised; may be an alias of core.work.doi.';
comment on column history.core_cited_doi.requested_as is 'The text as it was last typed.';
comment on column history.core_cited_doi.work_id is 'Work that it names.';
comment on column history.core_cited_doi.first_run_id is 'First run that asked.';
comment on column history.core_cited_doi.last_run_id is 'Last run that asked.';

create table history.core_notice as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.notice
where false;

comment on table history.core_notice is
'Rows that a publication took away from core.notice, or added to it.
Grain: a row of core.notice and a
publication_no.';
comment on column history.core_notice.publication_no is 'Publication.';
comment on column history.core_notice.is_added is
'The row came with it; else it went.';
comment on column history.core_notice.work_id is 'Work that the notice concerns.';
comment on column history.core_notice.type is
'The source''s word, such as retraction or correction.';
comment on column history.core_notice.notice_doi is 'DOI of the notice. Null: not given.';
comment on column history.core_notice.notice_date is 'ISO 8601, as precise as given.';
comment on column history.core_notice.asserted_by is 'Who says so: publisher before any other.';
comment on column history.core_notice.source is 'Source of the row.';
comment on column history.core_notice.sources is
'All sources that say so, by name; of a retraction also those that only mark the work.';

create table history.core_run_source as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.run_source
where false;

comment on table history.core_run_source is
'Rows that a publication took away from core.run_source, or added to it.
Grain: a row of core.run_source and a
publication_no.';
comment on column history.core_run_source.publication_no is 'Publication.';
comment on column history.core_run_source.is_added is
'The row came with it; else it went.';
comment on column history.core_run_source.run_id is 'Run.';
comment on column history.core_run_source.source is 'Source name.';
comment on column history.core_run_source.received is 'Items in the answers.';
comment on column history.core_run_source.loaded is 'Distinct records among them.';
comment on column history.core_run_source.duplicate is 'Repeats of a record within the run.';
comment on column history.core_run_source.rejected is 'Items that could not be used.';
comment on column history.core_run_source.absent is 'Items that say there is nothing.';

create table history.core_source_count as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.source_count
where false;

comment on table history.core_source_count is
'Rows that a publication took away from core.source_count, or added to it.
Grain: a row of core.source_count and a
publication_no.';
comment on column history.core_source_count.publication_no is 'Publication.';
comment on column history.core_source_count.is_added is
'The row came with it; else it went.';
comment on column history.core_source_count.cited_doi is 'DOI as asked.';
comment on column history.core_source_count.source is 'Source name.';
comment on column history.core_source_count.run_id is 'Run.';
comment on column history.core_source_count.state is 'known, not_indexed or failed.';
comment on column history.core_source_count.declared_count is
'Citing works that the source declares. Null: it did not say.';
comment on column history.core_source_count.stored_count is
'Citing works with evidence of this source, up to that run. Null: not known.';
comment on column history.core_source_count.cause is
'Why it is not known, or what else there is to say. Null: nothing.';
comment on column history.core_source_count.certificate is
'How the list was closed: declared and received rows, pages, verdict.';

create table history.core_version_group as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.version_group
where false;

comment on table history.core_version_group is
'Rows that a publication took away from core.version_group, or added to it.
Grain: a row of core.version_group and a
publication_no.';
comment on column history.core_version_group.publication_no is 'Publication.';
comment on column history.core_version_group.is_added is
'The row came with it; else it went.';
comment on column history.core_version_group.work_id is 'Work.';
comment on column history.core_version_group.version_group_id is
'Group; a work without other versions is its own group.';
comment on column history.core_version_group.is_preprint is 'Whether this version is a preprint.';

create table history.core_work as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.work
where false;

comment on table history.core_work is
'Rows that a publication took away from core.work, or added to it.
Grain: a row of core.work and a
publication_no.';
comment on column history.core_work.publication_no is 'Publication.';
comment on column history.core_work.is_added is
'The row came with it; else it went.';
comment on column history.core_work.work_id is
'The work: its strongest identifier, scheme:value.';
comment on column history.core_work.doi is
'DOI; of several the one that the registry describes. Null: none known.';
comment on column history.core_work.title is 'Title.';
comment on column history.core_work.publication_type is
'Type, see core.work_type. Null: no source described the work.';
comment on column history.core_work.has_type_conflict is
'Sources that could know disagree on the type. Null: no source described it.';
comment on column history.core_work.published_date is
'ISO 8601, as precise as given: YYYY, YYYY-MM or YYYY-MM-DD.';
comment on column history.core_work.published_date_raw is
'What the source wrote, where published_date says less.';
comment on column history.core_work.published_year is
'Year of published_date, however early or late.';
comment on column history.core_work.container_title is 'Journal, book or proceedings.';
comment on column history.core_work.issn_l is 'Linking ISSN of the container.';
comment on column history.core_work.publisher is 'Publisher.';
comment on column history.core_work.language is 'Language code as the source gives it.';
comment on column history.core_work.is_retracted is
'Any source or notice says that it is retracted. Null: no source says either way.';
comment on column history.core_work.oa_url is 'Open-access location.';
comment on column history.core_work.licence is
'Licence of the open-access location, or of the work.';
comment on column history.core_work.author_count is
'Authors in the byline. Null: not known, or only a shortened list is known.';
comment on column history.core_work.reference_count is
'Length of its reference list, as declared.';

create table history.core_work_identifier as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.work_identifier
where false;

comment on table history.core_work_identifier is
'Rows that a publication took away from core.work_identifier, or added to it.
Grain: a row of core.work_identifier and a
publication_no.';
comment on column history.core_work_identifier.publication_no is 'Publication.';
comment on column history.core_work_identifier.is_added is
'The row came with it; else it went.';
comment on column history.core_work_identifier.work_id is 'Work.';
comment on column history.core_work_identifier.scheme is
'doi, pmid, pmcid, arxiv, openalex, s2, omid or epmc.';
comment on column history.core_work_identifier.value is
'Identifier in its normal form, without the scheme.';

create table history.core_work_provenance as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.work_provenance
where false;

comment on table history.core_work_provenance is
'Rows that a publication took away from core.work_provenance, or added to it.
Grain: a row of core.work_provenance and a
publication_no.';
comment on column history.core_work_provenance.publication_no is 'Publication.';
comment on column history.core_work_provenance.is_added is
'The row came with it; else it went.';
comment on column history.core_work_provenance.work_id is 'Work.';
comment on column history.core_work_provenance.field is 'Column of core.work.';
comment on column history.core_work_provenance.source is 'Source of the value.';
comment on column history.core_work_provenance.record_key is 'Its record.';

create table history.core_work_type as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.work_type
where false;

comment on table history.core_work_type is
'Rows that a publication took away from core.work_type, or added to it.
Grain: a row of core.work_type and a
publication_no.';
comment on column history.core_work_type.publication_no is 'Publication.';
comment on column history.core_work_type.is_added is
'The row came with it; else it went.';
comment on column history.core_work_type.work_id is 'Work.';
comment on column history.core_work_type.source is 'Source name.';
comment on column history.core_work_type.record_key is 'Its record.';
comment on column history.core_work_type.raw_type is 'Type in the source''s words.';
comment on column history.core_work_type.publication_type is 'Type that it maps to.';
comment on column history.core_work_type.type_rule is
'Step of the mapping that spoke: notice, preprint, table, unknown.';

create table history.mart_citations_by_author as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from mart.citations_by_author
where false;

comment on table history.mart_citations_by_author is
'Rows that a publication took away from mart.citations_by_author, or added to it.
Grain: a row of mart.citations_by_author and a
publication_no.';
comment on column history.mart_citations_by_author.publication_no is 'Publication.';
comment on column history.mart_citations_by_author.is_added is
'The row came with it; else it went.';
comment on column history.mart_citations_by_author.cited_doi is
'DOI of the cited work (core.work.doi).';
comment on column history.mart_citations_by_author.author_key is
'orcid:, else openalex:, else name: and what the author goes by.';
comment on column history.mart_citations_by_author.name is 'Most frequent name under this key.';
comment on column history.mart_citations_by_author.orcid is 'Bare ORCID iD. Null: not known.';
comment on column history.mart_citations_by_author.openalex_author_id is
'Bare OpenAlex author id, the most frequent. Null: not known.';
comment on column history.mart_citations_by_author.citing_work_count is
'Distinct citing works, each version counted.';
comment on column history.mart_citations_by_author.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column history.mart_citations_by_author.independent_citing_work_count is
'Citing works that share none.';
comment on column history.mart_citations_by_author.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column history.mart_citations_by_author.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column history.mart_citations_by_author.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column history.mart_citations_by_author.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column history.mart_citations_by_author.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';

create table history.mart_citations_by_journal as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from mart.citations_by_journal
where false;

comment on table history.mart_citations_by_journal is
'Rows that a publication took away from mart.citations_by_journal, or added to it.
Grain: a row of mart.citations_by_journal and a
publication_no.';
comment on column history.mart_citations_by_journal.publication_no is 'Publication.';
comment on column history.mart_citations_by_journal.is_added is
'The row came with it; else it went.';
comment on column history.mart_citations_by_journal.cited_doi is
'DOI of the cited work (core.work.doi).';
comment on column history.mart_citations_by_journal.issn_l is 'Linking ISSN. Null: not known.';
comment on column history.mart_citations_by_journal.container_title is
'Journal, book or proceedings; for an ISSN the most frequent title. Null: not known.';
comment on column history.mart_citations_by_journal.citing_work_count is
'Distinct citing works, each version counted.';
comment on column history.mart_citations_by_journal.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column history.mart_citations_by_journal.independent_citing_work_count is
'Citing works that share none.';
comment on column history.mart_citations_by_journal.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column history.mart_citations_by_journal.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column history.mart_citations_by_journal.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column history.mart_citations_by_journal.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column history.mart_citations_by_journal.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';

create table history.mart_citations_by_type as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from mart.citations_by_type
where false;

comment on table history.mart_citations_by_type is
'Rows that a publication took away from mart.citations_by_type, or added to it.
Grain: a row of mart.citations_by_type and a
publication_no.';
comment on column history.mart_citations_by_type.publication_no is 'Publication.';
comment on column history.mart_citations_by_type.is_added is
'The row came with it; else it went.';
comment on column history.mart_citations_by_type.cited_doi is
'DOI of the cited work (core.work.doi).';
comment on column history.mart_citations_by_type.publication_type is
'Type of the citing work; other, also where no source described it.';
comment on column history.mart_citations_by_type.citing_work_count is
'Distinct citing works, each version counted.';
comment on column history.mart_citations_by_type.citing_group_count is
'Citing works with versions collapsed; a group stands under its published version.';
comment on column history.mart_citations_by_type.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column history.mart_citations_by_type.independent_citing_work_count is
'Citing works that share none.';
comment on column history.mart_citations_by_type.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column history.mart_citations_by_type.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column history.mart_citations_by_type.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column history.mart_citations_by_type.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column history.mart_citations_by_type.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';

create table history.mart_citations_by_year as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from mart.citations_by_year
where false;

comment on table history.mart_citations_by_year is
'Rows that a publication took away from mart.citations_by_year, or added to it.
Grain: a row of mart.citations_by_year and a
publication_no.';
comment on column history.mart_citations_by_year.publication_no is 'Publication.';
comment on column history.mart_citations_by_year.is_added is
'The row came with it; else it went.';
comment on column history.mart_citations_by_year.cited_doi is
'DOI of the cited work (core.work.doi).';
comment on column history.mart_citations_by_year.citing_year is
'Year of publication of the citing work. Null: not known.';
comment on column history.mart_citations_by_year.citing_work_count is
'Distinct citing works, each version counted.';
comment on column history.mart_citations_by_year.citing_group_count is
'Citing works with versions collapsed; a group stands under its published version.';
comment on column history.mart_citations_by_year.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column history.mart_citations_by_year.independent_citing_work_count is
'Citing works that share none.';
comment on column history.mart_citations_by_year.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column history.mart_citations_by_year.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column history.mart_citations_by_year.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column history.mart_citations_by_year.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column history.mart_citations_by_year.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';

create table history.mart_citations_by_year_and_type as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from mart.citations_by_year_and_type
where false;

comment on table history.mart_citations_by_year_and_type is
'Rows that a publication took away from mart.citations_by_year_and_type, or added to it.
Grain: a row of mart.citations_by_year_and_type and a
publication_no.';
comment on column history.mart_citations_by_year_and_type.publication_no is 'Publication.';
comment on column history.mart_citations_by_year_and_type.is_added is
'The row came with it; else it went.';
comment on column history.mart_citations_by_year_and_type.cited_doi is
'DOI of the cited work (core.work.doi).';
comment on column history.mart_citations_by_year_and_type.citing_year is
'Year of publication of the citing work. Null: not known.';
comment on column history.mart_citations_by_year_and_type.publication_type is
'Type of the citing work; other, also where no source described it.';
comment on column history.mart_citations_by_year_and_type.citing_work_count is
'Distinct citing works, each version counted.';
comment on column history.mart_citations_by_year_and_type.citing_group_count is
'Citing works with versions collapsed; a group stands under its published version.';
comment on column history.mart_citations_by_year_and_type.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column history.mart_citations_by_year_and_type.independent_citing_work_count is
'Citing works that share none.';
comment on column history.mart_citations_by_year_and_type.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column history.mart_citations_by_year_and_type.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column history.mart_citations_by_year_and_type.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column history.mart_citations_by_year_and_type.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column history.mart_citations_by_year_and_type.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';

create table history.mart_ledger as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from mart.ledger
where false;

comment on table history.mart_ledger is
'Rows that a publication took away from mart.ledger, or added to it.
Grain: a row of mart.ledger and a
publication_no.';
comment on column history.mart_ledger.publication_no is 'Publication.';
comment on column history.mart_ledger.is_added is
'The row came with it; else it went.';
comment on column history.mart_ledger.cited_doi is 'DOI of the cited work (core.work.doi).';
comment on column history.mart_ledger.source is 'Source name.';
comment on column history.mart_ledger.run_id is 'Run.';
comment on column history.mart_ledger.declared_count is 'Citing works that the source declares.';
comment on column history.mart_ledger.stored_count is
'Citing works with evidence of this source, up to that run.';
comment on column history.mart_ledger.no_identifier is
'Listed without any identifier, so no work.';
comment on column history.mart_ledger.duplicate is 'Listed twice or more for one citing work.';
comment on column history.mart_ledger.merged_version is
'Listed, but a version of the cited work itself.';
comment on column history.mart_ledger.out_of_reach is
'Declared, but behind the end of what the source lists: it lists no citing works, or only so
many.';
comment on column history.mart_ledger.withdrawn is
'0 or less: minus the citing works that are stored, but that the source, asked for them, did not
give in this run; after the second such run they are no longer stored. Of a failed list: minus
those that are stored beyond what the source declares.';
comment on column history.mart_ledger.not_yet_indexed is
'More than 0: counted by the source, but not in its own complete list. Less than 0: in its list,
but not yet counted.';
comment on column history.mart_ledger.failed is
'Not received because a question failed or its list is not complete, or rejected.';
comment on column history.mart_ledger.unexplained_count is
'Rows of the source''s own list that led neither to an edge nor to any named cause.';

create table history.mart_tally as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from mart.tally
where false;

comment on table history.mart_tally is
'Rows that a publication took away from mart.tally, or added to it.
Grain: a row of mart.tally and a
publication_no.';
comment on column history.mart_tally.publication_no is 'Publication.';
comment on column history.mart_tally.is_added is
'The row came with it; else it went.';
comment on column history.mart_tally.cited_doi is 'DOI of the cited work (core.work.doi).';
comment on column history.mart_tally.state is
'known: some source once gave a whole list; not_indexed: all say so; else failed.';
comment on column history.mart_tally.citing_work_count is
'Distinct citing works, each version counted.';
comment on column history.mart_tally.citing_group_count is
'Citing works with versions collapsed; a group stands under its published version.';
comment on column history.mart_tally.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column history.mart_tally.independent_citing_work_count is
'Citing works that share none.';
comment on column history.mart_tally.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column history.mart_tally.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column history.mart_tally.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column history.mart_tally.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column history.mart_tally.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';
comment on column history.mart_tally.statement_count is
'In-text citations at all locations. Null: not built yet.';
comment on column history.mart_tally.reference_count is
'Works that the cited work cites, as declared. Null: not known.';
comment on column history.mart_tally.is_retracted is
'The cited work is retracted. Null: no source says either way.';
comment on column history.mart_tally.retracted_citing_work_count is
'Of citing_work_count, the works that some source calls retracted. Null: not known.';
