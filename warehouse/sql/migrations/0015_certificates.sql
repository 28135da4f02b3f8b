-- How each list was closed, and what a source has withdrawn since.

alter table core.source add column list_reach bigint;

comment on column core.source.list_reach is
'Citing works of one work that it lists at most, by its documentation; null: no such bound.';

-- offset + limit must stay below 10,000 (https://api.semanticscholar.org/api-docs/graph).
update core.source set list_reach = 9999
where source = 'semanticscholar';

alter table staging.sighting add column has_references boolean;

comment on column staging.sighting.has_references is
'Whether the record names works that it cites; null: it is no record of a work.';

create table staging.former_reference (
    source varchar not null,
    record_key varchar not null,
    token varchar not null,
    last_seen_run varchar not null
);

comment on table staging.former_reference is
'One row a reference that an earlier version of a work record had and the newest has not. Grain:
source, record_key, token.';
comment on column staging.former_reference.source is 'Source name.';
comment on column staging.former_reference.record_key is 'Key of the record.';
comment on column staging.former_reference.token is 'What it cited, scheme:value.';
comment on column staging.former_reference.last_seen_run is
'Last run that received a version with this reference.';

alter table staging.chain drop column is_whole;
alter table staging.chain add column role varchar;
alter table staging.chain add column subjects varchar[];
alter table staging.chain add column repeat_count bigint;
alter table staging.chain add column declared_most bigint;
alter table staging.chain add column page_digest varchar;
alter table staging.chain add column is_gapless boolean;
alter table staging.chain add column is_ended boolean;
alter table staging.chain add column has_shrunk boolean;
alter table staging.chain add column has_repeated_cursor boolean;

comment on table staging.chain is
'One row a list that was asked for, of citing works or of references, with all its pages. Grain:
run_id, source, chain.';
comment on column staging.chain.role is 'citing or references.';
comment on column staging.chain.subjects is
'Identifiers asked about together: DOIs bare, others as tokens.';
comment on column staging.chain.repeat_count is 'Records received beyond the first of each key.';
comment on column staging.chain.declared_most is 'Largest length that any page declares.';
comment on column staging.chain.page_digest is
'SHA-256 over the request keys of the pages in their order, hex.';
comment on column staging.chain.is_gapless is 'Pages 1 to the last are all there.';
comment on column staging.chain.is_ended is 'The last page has no successor.';
comment on column staging.chain.has_shrunk is 'A page declares less than the one before it.';
comment on column staging.chain.has_repeated_cursor is 'Two pages lead to the same next page.';

create table core.certificate (
    run_id varchar not null,
    source varchar not null,
    chain varchar not null,
    role varchar not null,
    subjects varchar[] not null,
    declared_start bigint,
    declared_end bigint,
    row_count bigint not null,
    unique_row_count bigint not null,
    repeat_count bigint not null,
    rejected_count bigint not null,
    no_identifier_count bigint not null,
    page_count bigint not null,
    page_digest varchar not null,
    is_unbroken boolean not null,
    outcome varchar not null,
    verdict varchar not null
);

comment on table core.certificate is
'One row a list that was asked for, of citing works or of references: how it was closed. Only a
complete list can lower a count. Grain: run_id, source, chain.';
comment on column core.certificate.run_id is 'Run that asked.';
comment on column core.certificate.source is 'Source name.';
comment on column core.certificate.chain is
'Request key of page 1; core.fetch has the pages under it.';
comment on column core.certificate.role is 'citing or references.';
comment on column core.certificate.subjects is
'Identifiers asked about together: DOIs bare, others as tokens.';
comment on column core.certificate.declared_start is
'Declared length of the list on its first page. Null: the source declares none.';
comment on column core.certificate.declared_end is
'Declared length on its last page. Null: likewise.';
comment on column core.certificate.row_count is 'Items received on all pages.';
comment on column core.certificate.unique_row_count is 'Distinct records among them.';
comment on column core.certificate.repeat_count is
'Records received beyond the first of each key.';
comment on column core.certificate.rejected_count is
'Items that could not be used; see core.reject.';
comment on column core.certificate.no_identifier_count is
'Items without any identifier; see core.absent.';
comment on column core.certificate.page_count is 'Pages received, also those that failed.';
comment on column core.certificate.page_digest is
'SHA-256 over the request keys of the pages in their order, hex: the chain of cursors.';
comment on column core.certificate.is_unbroken is
'Every page came, none is missing in between, and no two lead to the same next page.';
comment on column core.certificate.outcome is 'ok, or the first class of answer that was not.';
comment on column core.certificate.verdict is
'The first that fits: truncated (a page failed or is missing), shrank (the declared length fell on
the way), complete (all that is declared or counted), ambiguous-empty (no row, none declared, and
nothing proves that there is none), repeated (too few, and rows or a cursor came twice), truncated
(too few, or the last page leads on).';

alter table staging.work_list add column verdict varchar;
alter table staging.work_list add column record_count bigint;
alter table staging.work_list add column chain_rejected_count bigint;

comment on column staging.work_list.is_whole is 'Its verdict is complete.';
comment on column staging.work_list.verdict is
'As core.certificate.verdict, over all chains of the list.';
comment on column staging.work_list.record_count is
'Distinct records over all its chains. Null: of several works, so not known of this one.';
comment on column staging.work_list.chain_rejected_count is
'Items of its chains that could not be used or had no identifier, whichever work they cite.';

alter table staging.edge add column withdrawn_in_run_id varchar;

comment on column staging.edge.last_seen_run is
'Last run that received this key with this reference.';
comment on column staging.edge.withdrawn_in_run_id is
'Run in which its source had, for the second time in a row, nothing of it where it should stand.
Null: it still stands.';

alter table core.citation_evidence add column withdrawn_in_run_id varchar;

comment on table core.citation_evidence is
'One row an edge and a source that says so, or that once said so. core.citation has the edges that
some source still gives. Grain: citing_work_id, cited_work_id, source.';
comment on column core.citation_evidence.withdrawn_in_run_id is
'Run with the second complete list (or description of the citing work) in a row without it. Null:
the source still gives it, or has not been asked well enough to tell.';

alter table staging.edge_count add column withdrawn_count bigint;

comment on table staging.edge_count is
'How many edges each run added and withdrew. Grain: cited_work_id, source, run_id.';
comment on column staging.edge_count.run_id is 'Run that first saw them, or that withdrew them.';
comment on column staging.edge_count.withdrawn_count is
'Citing works whose last record was withdrawn in this run, loops left out.';

create table staging.edge_sighting (
    run_id varchar not null,
    source varchar not null,
    work_id varchar not null,
    seen_work_count bigint not null,
    listed_work_count bigint not null,
    listed_record_count bigint not null,
    duplicate_count bigint not null,
    loop_count bigint not null
);

comment on table staging.edge_sighting is
'What each run received of the works that cite a cited work. Grain: run_id, source, work_id.';
comment on column staging.edge_sighting.run_id is 'Run.';
comment on column staging.edge_sighting.source is 'Source name.';
comment on column staging.edge_sighting.work_id is 'Cited work.';
comment on column staging.edge_sighting.seen_work_count is
'Citing works of which a record came in any answer, loops left out.';
comment on column staging.edge_sighting.listed_work_count is
'Those of them that came in the list of citing works.';
comment on column staging.edge_sighting.listed_record_count is
'Distinct records of that list that are an edge to the work, loops and doubles with them.';
comment on column staging.edge_sighting.duplicate_count is
'Listed records beyond the first for one citing work.';
comment on column staging.edge_sighting.loop_count is
'Listed records of the cited work itself or of a version of it.';

comment on column mart.ledger.out_of_reach is
'Declared, but behind the end of what the source lists: it lists no citing works, or only so many.';
comment on column mart.ledger.withdrawn is
'0 or less: minus the citing works that are stored, but that the source, asked for them, did not
give in this run; after the second such run they are no longer stored. Of a failed list: minus
those that are stored beyond what the source declares.';
comment on column mart.ledger.not_yet_indexed is
'More than 0: counted by the source, but not in its own complete list. Less than 0: in its list,
but not yet counted.';
comment on column mart.ledger.failed is
'Not received because a question failed or its list is not complete, or rejected.';
comment on column mart.ledger.unexplained_count is
'Rows of the source''s own list that led neither to an edge nor to any named cause.';
