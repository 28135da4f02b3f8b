-- What people say of the stance of statements, and the stance that counts.

create table staging.stance_verdict (
    decision_id varchar not null,
    reviewer varchar,
    stance varchar,
    why varchar,
    decided_at timestamp with time zone not null,
    statement_id varchar,
    citing_token varchar,
    cited_token varchar,
    text varchar,
    marker varchar,
    text_offset bigint,
    undoes varchar,
    is_in_force boolean not null
);

comment on table staging.stance_verdict is
'What people said of the stance of statements, from the file stance-corrections.jsonl of the home,
also of statements that are not there. Grain: decision_id.';
comment on column staging.stance_verdict.decision_id is 'Its number in the file: c1, c2, ...';
comment on column staging.stance_verdict.reviewer is 'Who says so. Null: an undo.';
comment on column staging.stance_verdict.stance is
'supporting, mentioning or contrasting. Null: an undo.';
comment on column staging.stance_verdict.why is 'As the person gave it. Null: an undo without.';
comment on column staging.stance_verdict.decided_at is 'When it was written down.';
comment on column staging.stance_verdict.statement_id is
'Statement as it was called then. Null: an undo.';
comment on column staging.stance_verdict.citing_token is
'Identifier of the citing work then. Null: an undo.';
comment on column staging.stance_verdict.cited_token is
'Identifier of the cited work then. Null: an undo.';
comment on column staging.stance_verdict.text is 'The sentence as it was then. Null: an undo.';
comment on column staging.stance_verdict.marker is
'In-text citation that is meant. Null: an undo, or not known.';
comment on column staging.stance_verdict.text_offset is
'Where the sentence began then. Null: an undo.';
comment on column staging.stance_verdict.undoes is 'Verdict that this one undoes. Null: none.';
comment on column staging.stance_verdict.is_in_force is
'A verdict that nobody has undone; false for an undo itself.';

create table core.stance_correction (
    decision_id varchar not null,
    statement_id varchar not null,
    reviewer varchar not null,
    stance varchar not null,
    why varchar,
    decided_at timestamp with time zone not null,
    is_counted boolean not null
);

comment on table core.stance_correction is
'What people say of the stance of statements that are there; verdicts that were undone are not.
Grain: decision_id.';
comment on column core.stance_correction.decision_id is
'Number of the verdict in the file stance-corrections.jsonl of the home: c1, c2, ...';
comment on column core.stance_correction.statement_id is 'Statement.';
comment on column core.stance_correction.reviewer is 'Who says so.';
comment on column core.stance_correction.stance is 'supporting, mentioning or contrasting.';
comment on column core.stance_correction.why is 'Why, as the person gave it.';
comment on column core.stance_correction.decided_at is 'When it was written down.';
comment on column core.stance_correction.is_counted is
'The newest verdict of this reviewer on this statement: the older ones do not count.';

create table history.core_stance_correction as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.stance_correction
where false;

comment on table history.core_stance_correction is
'Rows that a publication took away from core.stance_correction, or added to it. Grain: a row of
core.stance_correction and a publication_no.';
comment on column history.core_stance_correction.publication_no is 'Publication.';
comment on column history.core_stance_correction.is_added is
'The row came with it; else it went.';
comment on column history.core_stance_correction.decision_id is
'Number of the verdict in the file stance-corrections.jsonl of the home: c1, c2, ...';
comment on column history.core_stance_correction.statement_id is 'Statement.';
comment on column history.core_stance_correction.reviewer is 'Who says so.';
comment on column history.core_stance_correction.stance is
'supporting, mentioning or contrasting.';
comment on column history.core_stance_correction.why is 'Why, as the person gave it.';
comment on column history.core_stance_correction.decided_at is 'When it was written down.';
comment on column history.core_stance_correction.is_counted is
'The newest verdict of this reviewer on this statement: the older ones do not count.';

create table core.statement_stance (
    statement_id varchar not null,
    stance varchar,
    confidence double,
    decided_by varchar not null,
    is_disputed boolean not null,
    reviewers varchar[] not null,
    model_stance varchar,
    model_version varchar,
    p_supporting double,
    p_mentioning double,
    p_contrasting double
);

comment on table core.statement_stance is
'The stance of every statement that counts: that of its reviewers if they agree, else that of the
classifier. Grain: statement_id.';
comment on column core.statement_stance.statement_id is 'Statement.';
comment on column core.statement_stance.stance is
'supporting, mentioning, contrasting or unclassified. Null: nobody has judged.';
comment on column core.statement_stance.confidence is
'Probability of the stance that the classifier chose. Null: unclassified, or a person decided.';
comment on column core.statement_stance.decided_by is 'classifier or reviewer.';
comment on column core.statement_stance.is_disputed is
'Its reviewers disagree, and so the classifier decides.';
comment on column core.statement_stance.reviewers is
'Who has reviewed it, by name. Empty: nobody.';
comment on column core.statement_stance.model_stance is
'What the classifier says. Null: it has not judged.';
comment on column core.statement_stance.model_version is
'Classifier. Null: it has not judged.';
comment on column core.statement_stance.p_supporting is
'Calibrated probability of the classifier, 0 to 1. Null: unclassified.';
comment on column core.statement_stance.p_mentioning is
'Calibrated probability of the classifier, 0 to 1. Null: unclassified.';
comment on column core.statement_stance.p_contrasting is
'Calibrated probability of the classifier, 0 to 1. Null: unclassified.';

-- Until now the classifier alone decided: so it is written down, also of the past.
insert into core.statement_stance by name
select
    statement_id,
    stance,
    confidence,
    'classifier' as decided_by,
    false as is_disputed,
    [] as reviewers,
    stance as model_stance,
    model_version,
    p_supporting,
    p_mentioning,
    p_contrasting
from core.stance;

create table history.core_statement_stance as
select
    cast(0 as bigint) as publication_no,
    false as is_added,
    * -- noqa: AM04
from core.statement_stance
where false;

insert into history.core_statement_stance by name
select
    publication_no,
    is_added,
    statement_id,
    stance,
    confidence,
    'classifier' as decided_by,
    false as is_disputed,
    [] as reviewers,
    stance as model_stance,
    model_version,
    p_supporting,
    p_mentioning,
    p_contrasting
from history.core_stance;

comment on table history.core_statement_stance is
'Rows that a publication took away from core.statement_stance, or added to it. Grain: a row of
core.statement_stance and a publication_no.';
comment on column history.core_statement_stance.publication_no is 'Publication.';
comment on column history.core_statement_stance.is_added is
'The row came with it; else it went.';
comment on column history.core_statement_stance.statement_id is 'Statement.';
comment on column history.core_statement_stance.stance is
'supporting, mentioning, contrasting or unclassified. Null: nobody has judged.';
comment on column history.core_statement_stance.confidence is
'Probability of the stance that the classifier chose. Null: unclassified, or a person decided.';
comment on column history.core_statement_stance.decided_by is 'classifier or reviewer.';
comment on column history.core_statement_stance.is_disputed is
'Its reviewers disagree, and so the classifier decides.';
comment on column history.core_statement_stance.reviewers is
'Who has reviewed it, by name. Empty: nobody.';
comment on column history.core_statement_stance.model_stance is
'What the classifier says. Null: it has not judged.';
comment on column history.core_statement_stance.model_version is
'Classifier. Null: it has not judged.';
comment on column history.core_statement_stance.p_supporting is
'Calibrated probability of the classifier, 0 to 1. Null: unclassified.';
comment on column history.core_statement_stance.p_mentioning is
'Calibrated probability of the classifier, 0 to 1. Null: unclassified.';
comment on column history.core_statement_stance.p_contrasting is
'Calibrated probability of the classifier, 0 to 1. Null: unclassified.';

alter table mart.tally add column reviewed_statement_count bigint;
alter table history.mart_tally add column reviewed_statement_count bigint;

-- Nobody had reviewed any; where the statements are not known, nor is this.
update mart.tally
set reviewed_statement_count = 0
where state = 'known';

update history.mart_tally
set reviewed_statement_count = 0
where state = 'known';

comment on column mart.tally.reviewed_statement_count is
'Statements whose stance is that of a person. Null: state is not known.';
comment on column history.mart_tally.reviewed_statement_count is
'Statements whose stance is that of a person. Null: state is not known.';
