-- The aggregates. Publications and statements are two units and are never mixed in one column.

create table mart.citations_by_year_and_type (
    cited_doi varchar not null,
    citing_year bigint,
    publication_type varchar not null,
    citing_work_count bigint,
    citing_group_count bigint,
    self_citing_work_count bigint,
    independent_citing_work_count bigint,
    unknown_relationship_work_count bigint,
    supporting_statement_count bigint,
    mentioning_statement_count bigint,
    contrasting_statement_count bigint,
    unclassified_statement_count bigint
);

comment on table mart.citations_by_year_and_type is
'Citing works by their year and type. Population: cited works whose state in
mart.tally is known. Grain: cited_doi, citing_year, publication_type.';
comment on column mart.citations_by_year_and_type.cited_doi is
'DOI of the cited work (core.work.doi).';
comment on column mart.citations_by_year_and_type.citing_year is
'Year of publication of the citing work. Null: not known.';
comment on column mart.citations_by_year_and_type.publication_type is
'Type of the citing work; other, also where no source described it.';
comment on column mart.citations_by_year_and_type.citing_work_count is
'Distinct citing works, each version counted.';
comment on column mart.citations_by_year_and_type.citing_group_count is
'Citing works with versions collapsed; a group stands under its published version.';
comment on column mart.citations_by_year_and_type.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column mart.citations_by_year_and_type.independent_citing_work_count is
'Citing works that share none.';
comment on column mart.citations_by_year_and_type.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column mart.citations_by_year_and_type.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column mart.citations_by_year_and_type.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column mart.citations_by_year_and_type.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column mart.citations_by_year_and_type.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';

create table mart.tally (
    cited_doi varchar not null,
    state varchar not null,
    citing_work_count bigint,
    citing_group_count bigint,
    self_citing_work_count bigint,
    independent_citing_work_count bigint,
    unknown_relationship_work_count bigint,
    supporting_statement_count bigint,
    mentioning_statement_count bigint,
    contrasting_statement_count bigint,
    unclassified_statement_count bigint,
    statement_count bigint,
    reference_count bigint,
    is_retracted boolean
);

comment on table mart.tally is
'One row a cited work; counts are null unless state is known. Grain: cited_doi.';
comment on column mart.tally.cited_doi is 'DOI of the cited work (core.work.doi).';
comment on column mart.tally.state is
'known: some source once gave a whole list; not_indexed: all say so; else failed.';
comment on column mart.tally.citing_work_count is 'Distinct citing works, each version counted.';
comment on column mart.tally.citing_group_count is
'Citing works with versions collapsed; a group stands under its published version.';
comment on column mart.tally.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column mart.tally.independent_citing_work_count is 'Citing works that share none.';
comment on column mart.tally.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column mart.tally.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column mart.tally.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column mart.tally.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column mart.tally.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';
comment on column mart.tally.statement_count is
'In-text citations at all locations. Null: not built yet.';
comment on column mart.tally.reference_count is
'Works that the cited work cites, as declared. Null: not known.';
comment on column mart.tally.is_retracted is
'The cited work is retracted. Null: no source says either way.';

create table mart.ledger (
    cited_doi varchar not null,
    source varchar not null,
    run_id varchar not null,
    declared_count bigint,
    stored_count bigint,
    no_identifier bigint,
    duplicate bigint,
    merged_version bigint,
    out_of_reach bigint,
    withdrawn bigint,
    not_yet_indexed bigint,
    failed bigint,
    unexplained_count bigint
);

comment on table mart.ledger is
'Declared = stored + named causes + unexplained. Null: not known or not built yet. Grain: cited_doi,
source, run_id.';
comment on column mart.ledger.cited_doi is 'DOI of the cited work (core.work.doi).';
comment on column mart.ledger.source is 'Source name.';
comment on column mart.ledger.run_id is 'Run.';
comment on column mart.ledger.declared_count is 'Citing works that the source declares.';
comment on column mart.ledger.stored_count is
'Citing works with evidence of this source, up to that run.';
comment on column mart.ledger.no_identifier is 'Listed without any identifier, so no work.';
comment on column mart.ledger.duplicate is 'Listed twice or more for one citing work.';
comment on column mart.ledger.merged_version is 'Listed, but a version of the cited work itself.';
comment on column mart.ledger.out_of_reach is 'Declared by a source that lists no citing works.';
comment on column mart.ledger.withdrawn is 'Declared, but withdrawn. Null: not built yet.';
comment on column mart.ledger.not_yet_indexed is
'Declared, but not yet listed. Null: not built yet.';
comment on column mart.ledger.failed is 'Lost to a failed request or a rejected record.';
comment on column mart.ledger.unexplained_count is
'What is left; negative: more is stored than declared.';

create table mart.citations_by_year (
    cited_doi varchar not null,
    citing_year bigint,
    citing_work_count bigint,
    citing_group_count bigint,
    self_citing_work_count bigint,
    independent_citing_work_count bigint,
    unknown_relationship_work_count bigint,
    supporting_statement_count bigint,
    mentioning_statement_count bigint,
    contrasting_statement_count bigint,
    unclassified_statement_count bigint
);

comment on table mart.citations_by_year is
'Citing works by their year: mart.citations_by_year_and_type summed over the types. Grain:
cited_doi, citing_year.';
comment on column mart.citations_by_year.cited_doi is 'DOI of the cited work (core.work.doi).';
comment on column mart.citations_by_year.citing_year is
'Year of publication of the citing work. Null: not known.';
comment on column mart.citations_by_year.citing_work_count is
'Distinct citing works, each version counted.';
comment on column mart.citations_by_year.citing_group_count is
'Citing works with versions collapsed; a group stands under its published version.';
comment on column mart.citations_by_year.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column mart.citations_by_year.independent_citing_work_count is
'Citing works that share none.';
comment on column mart.citations_by_year.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column mart.citations_by_year.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column mart.citations_by_year.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column mart.citations_by_year.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column mart.citations_by_year.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';

create table mart.citations_by_type (
    cited_doi varchar not null,
    publication_type varchar not null,
    citing_work_count bigint,
    citing_group_count bigint,
    self_citing_work_count bigint,
    independent_citing_work_count bigint,
    unknown_relationship_work_count bigint,
    supporting_statement_count bigint,
    mentioning_statement_count bigint,
    contrasting_statement_count bigint,
    unclassified_statement_count bigint
);

comment on table mart.citations_by_type is
'Citing works by their type: mart.citations_by_year_and_type summed over the years. Grain:
cited_doi, publication_type.';
comment on column mart.citations_by_type.cited_doi is 'DOI of the cited work (core.work.doi).';
comment on column mart.citations_by_type.publication_type is
'Type of the citing work; other, also where no source described it.';
comment on column mart.citations_by_type.citing_work_count is
'Distinct citing works, each version counted.';
comment on column mart.citations_by_type.citing_group_count is
'Citing works with versions collapsed; a group stands under its published version.';
comment on column mart.citations_by_type.self_citing_work_count is
'Citing works that share an author with the cited work.';
comment on column mart.citations_by_type.independent_citing_work_count is
'Citing works that share none.';
comment on column mart.citations_by_type.unknown_relationship_work_count is
'Citing works of which that is not known.';
comment on column mart.citations_by_type.supporting_statement_count is
'Supporting statements. Null: not built yet.';
comment on column mart.citations_by_type.mentioning_statement_count is
'Mentioning statements. Null: not built yet.';
comment on column mart.citations_by_type.contrasting_statement_count is
'Contrasting statements. Null: not built yet.';
comment on column mart.citations_by_type.unclassified_statement_count is
'Statements without text to judge. Null: not built yet.';
