-- What changed each night, with its reason. The tables come with the part that fills them.

create table history.change (
    run_id varchar not null,
    entity varchar not null,
    entity_key varchar not null,
    field varchar,
    before_value varchar,
    after_value varchar,
    reason varchar not null
);

comment on table history.change is
'One row a thing that changed from one generation to the next. Not filled yet.
Grain: run_id, entity, entity_key, field.';
comment on column history.change.run_id is 'Run whose generation differs from the one before.';
comment on column history.change.entity is 'What changed: work, citation, notice or count.';
comment on column history.change.entity_key is 'Which one.';
comment on column history.change.field is 'Column. Null: the whole row came or went.';
comment on column history.change.before_value is 'Value before. Null: there was none.';
comment on column history.change.after_value is 'Value after. Null: there is none.';
comment on column history.change.reason is 'Why it changed.';
