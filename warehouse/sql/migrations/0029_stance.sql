-- How statements stand to what they cite.

create table staging.judgement (
    judged_key varchar not null,
    model_version varchar not null,
    stance varchar not null,
    p_supporting double,
    p_mentioning double,
    p_contrasting double
);

comment on table staging.judgement is
'What the classifier made of a sentence and a citation in it. Grain: judged_key, model_version.';
comment on column staging.judgement.judged_key is
'Hash of the sentence and of the in-text citation that is meant.';
comment on column staging.judgement.model_version is 'Classifier that judged.';
comment on column staging.judgement.stance is
'supporting, mentioning, contrasting or unclassified.';
comment on column staging.judgement.p_supporting is 'Probability, 0 to 1. Null: unclassified.';
comment on column staging.judgement.p_mentioning is 'Probability, 0 to 1. Null: unclassified.';
comment on column staging.judgement.p_contrasting is 'Probability, 0 to 1. Null: unclassified.';

create table staging.edge_stance (
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    supporting_statement_count bigint not null,
    mentioning_statement_count bigint not null,
    contrasting_statement_count bigint not null,
    unclassified_statement_count bigint not null
);

comment on table staging.edge_stance is
'Statements of a citing work about a cited one, by stance; edges with statements only. Grain:
citing_work_id, cited_work_id.';
comment on column staging.edge_stance.citing_work_id is 'Citing work.';
comment on column staging.edge_stance.cited_work_id is 'Cited work.';
comment on column staging.edge_stance.supporting_statement_count is 'Supporting statements.';
comment on column staging.edge_stance.mentioning_statement_count is 'Mentioning statements.';
comment on column staging.edge_stance.contrasting_statement_count is 'Contrasting statements.';
comment on column staging.edge_stance.unclassified_statement_count is
'Statements without a text to judge.';

alter table core.stance add column confidence double;

comment on table core.stance is
'How a statement stands to what it cites, as the classifier of this version of Citehouse judges.
In doubt it is mentioning; how often each is right, and where that was measured: docs/stance.md.
Grain: statement_id, model_version.';
comment on column core.stance.stance is 'supporting, mentioning, contrasting or unclassified.';
comment on column core.stance.p_supporting is
'Calibrated probability, 0 to 1. Null: unclassified.';
comment on column core.stance.p_mentioning is
'Calibrated probability, 0 to 1. Null: unclassified.';
comment on column core.stance.p_contrasting is
'Calibrated probability, 0 to 1. Null: unclassified.';
comment on column core.stance.confidence is
'Probability of the stance that was chosen. Null: unclassified.';

create table history.core_stance as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.stance
where false;

comment on table history.core_stance is
'Rows that a publication took away from core.stance, or added to it. Grain: a row of core.stance
and a publication_no.';
comment on column history.core_stance.publication_no is 'Publication.';
comment on column history.core_stance.is_added is 'The row came with it; else it went.';
comment on column history.core_stance.statement_id is 'Statement.';
comment on column history.core_stance.model_version is 'Classifier that judged.';
comment on column history.core_stance.stance is
'supporting, mentioning, contrasting or unclassified.';
comment on column history.core_stance.p_supporting is
'Calibrated probability, 0 to 1. Null: unclassified.';
comment on column history.core_stance.p_mentioning is
'Calibrated probability, 0 to 1. Null: unclassified.';
comment on column history.core_stance.p_contrasting is
'Calibrated probability, 0 to 1. Null: unclassified.';
comment on column history.core_stance.confidence is
'Probability of the stance that was chosen. Null: unclassified.';

comment on column mart.citations_by_year_and_type.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column mart.citations_by_year_and_type.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column mart.citations_by_year_and_type.contrasting_statement_count is
'Contrasting statements.';
comment on column mart.citations_by_year_and_type.unclassified_statement_count is
'Statements without a text to judge.';
comment on column history.mart_citations_by_year_and_type.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column history.mart_citations_by_year_and_type.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column history.mart_citations_by_year_and_type.contrasting_statement_count is
'Contrasting statements.';
comment on column history.mart_citations_by_year_and_type.unclassified_statement_count is
'Statements without a text to judge.';
comment on column mart.citations_by_year.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column mart.citations_by_year.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column mart.citations_by_year.contrasting_statement_count is 'Contrasting statements.';
comment on column mart.citations_by_year.unclassified_statement_count is
'Statements without a text to judge.';
comment on column history.mart_citations_by_year.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column history.mart_citations_by_year.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column history.mart_citations_by_year.contrasting_statement_count is
'Contrasting statements.';
comment on column history.mart_citations_by_year.unclassified_statement_count is
'Statements without a text to judge.';
comment on column mart.citations_by_type.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column mart.citations_by_type.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column mart.citations_by_type.contrasting_statement_count is 'Contrasting statements.';
comment on column mart.citations_by_type.unclassified_statement_count is
'Statements without a text to judge.';
comment on column history.mart_citations_by_type.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column history.mart_citations_by_type.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column history.mart_citations_by_type.contrasting_statement_count is
'Contrasting statements.';
comment on column history.mart_citations_by_type.unclassified_statement_count is
'Statements without a text to judge.';
comment on column mart.citations_by_journal.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column mart.citations_by_journal.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column mart.citations_by_journal.contrasting_statement_count is
'Contrasting statements.';
comment on column mart.citations_by_journal.unclassified_statement_count is
'Statements without a text to judge.';
comment on column history.mart_citations_by_journal.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column history.mart_citations_by_journal.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column history.mart_citations_by_journal.contrasting_statement_count is
'Contrasting statements.';
comment on column history.mart_citations_by_journal.unclassified_statement_count is
'Statements without a text to judge.';
comment on column mart.citations_by_author.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column mart.citations_by_author.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column mart.citations_by_author.contrasting_statement_count is
'Contrasting statements.';
comment on column mart.citations_by_author.unclassified_statement_count is
'Statements without a text to judge.';
comment on column history.mart_citations_by_author.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column history.mart_citations_by_author.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column history.mart_citations_by_author.contrasting_statement_count is
'Contrasting statements.';
comment on column history.mart_citations_by_author.unclassified_statement_count is
'Statements without a text to judge.';
comment on column mart.citations_by_section.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column mart.citations_by_section.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column mart.citations_by_section.contrasting_statement_count is
'Contrasting statements.';
comment on column mart.citations_by_section.unclassified_statement_count is
'Statements without a text to judge.';
comment on column history.mart_citations_by_section.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column history.mart_citations_by_section.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column history.mart_citations_by_section.contrasting_statement_count is
'Contrasting statements.';
comment on column history.mart_citations_by_section.unclassified_statement_count is
'Statements without a text to judge.';
comment on column mart.tally.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column mart.tally.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column mart.tally.contrasting_statement_count is 'Contrasting statements.';
comment on column mart.tally.unclassified_statement_count is
'Statements without a text to judge.';
comment on column history.mart_tally.supporting_statement_count is
'Supporting statements; those of mart.tally.full_text_citing_work_count works are known.';
comment on column history.mart_tally.mentioning_statement_count is
'Mentioning statements: all that neither support nor contrast, or that are in doubt.';
comment on column history.mart_tally.contrasting_statement_count is 'Contrasting statements.';
comment on column history.mart_tally.unclassified_statement_count is
'Statements without a text to judge.';

alter table mart.tally add column retracted_supporting_statement_count bigint;
alter table mart.tally add column retracted_mentioning_statement_count bigint;
alter table mart.tally add column retracted_contrasting_statement_count bigint;
alter table history.mart_tally add column retracted_supporting_statement_count bigint;
alter table history.mart_tally add column retracted_mentioning_statement_count bigint;
alter table history.mart_tally add column retracted_contrasting_statement_count bigint;

comment on column mart.tally.retracted_supporting_statement_count is
'Of the supporting statements, those of citing works that some source calls retracted.';
comment on column mart.tally.retracted_mentioning_statement_count is
'Of the mentioning statements, those of citing works that some source calls retracted.';
comment on column mart.tally.retracted_contrasting_statement_count is
'Of the contrasting statements, those of citing works that some source calls retracted.';
comment on column history.mart_tally.retracted_supporting_statement_count is
'Of the supporting statements, those of citing works that some source calls retracted.';
comment on column history.mart_tally.retracted_mentioning_statement_count is
'Of the mentioning statements, those of citing works that some source calls retracted.';
comment on column history.mart_tally.retracted_contrasting_statement_count is
'Of the contrasting statements, those of citing works that some source calls retracted.';
