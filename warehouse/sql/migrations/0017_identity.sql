-- Who put identifiers together, what people decided of it, and every voice of a retraction.

create table core.merge_log (
    work_id varchar not null,
    token_a varchar not null,
    token_b varchar not null,
    source varchar not null,
    record_key varchar not null,
    decided_by varchar not null
);

comment on table core.merge_log is
'One row a join of two identifiers into one work: a tree over the identifiers of each work, one row
fewer than there are. Records that say again what is known add no row. Grain: token_a, token_b.';
comment on column core.merge_log.work_id is 'Work that both belong to.';
comment on column core.merge_log.token_a is 'One identifier, scheme:value.';
comment on column core.merge_log.token_b is 'The other; joined to it first by this row.';
comment on column core.merge_log.source is
'Source of the record; citehouse where a person decided.';
comment on column core.merge_log.record_key is
'Record that puts them together, or the id of the decision.';
comment on column core.merge_log.decided_by is 'record or user.';

create table core.identity_decision (
    decision_id varchar not null,
    action varchar not null,
    tokens varchar[] not null,
    kept_tokens varchar[] not null,
    undoes varchar,
    reason varchar,
    decided_at timestamp with time zone not null,
    is_in_force boolean not null
);

comment on table core.identity_decision is
'What people decided about who is who, from the file identity-decisions.jsonl of the home. Grain:
decision_id.';
comment on column core.identity_decision.decision_id is 'Its number in the file: d1, d2, ...';
comment on column core.identity_decision.action is 'merge, split or undo.';
comment on column core.identity_decision.tokens is
'Of a merge, one identifier of each work; of a split, those that were taken off.';
comment on column core.identity_decision.kept_tokens is
'Of a split, the identifiers that the work kept.';
comment on column core.identity_decision.undoes is 'Decision that this one undoes. Null: none.';
comment on column core.identity_decision.reason is 'As the person gave it. Null: none given.';
comment on column core.identity_decision.decided_at is 'When it was written down.';
comment on column core.identity_decision.is_in_force is
'Not undone; false for an undo itself, which works by what it takes away.';

comment on column core.identity_conflict.reason is
'Why they were kept apart: two DOIs, two PMIDs, split by a person, or two published versions (a
preprint that is linked to both; the first link holds).';
