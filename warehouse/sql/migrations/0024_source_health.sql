-- When a source is ill: what it began to miss, and what it should have told and did not.

create table staging.look (
    citing_work_id varchar not null,
    cited_work_id varchar not null,
    source varchar not null,
    record_key varchar not null,
    run_id varchar not null
);

comment on table staging.look is
'Runs in which an edge should have been shown again, and was not. Grain: citing_work_id,
cited_work_id, source, record_key, run_id.';
comment on column staging.look.citing_work_id is 'Citing work.';
comment on column staging.look.cited_work_id is 'Cited work.';
comment on column staging.look.source is 'Source of the edge.';
comment on column staging.look.record_key is 'Its record that gave it.';
comment on column staging.look.run_id is 'Run that had a complete list without it.';

create table staging.held_look (
    run_id varchar not null,
    source varchar not null,
    missed_count bigint not null,
    seen_count bigint not null
);

comment on table staging.held_look is
'Runs in which a source began to miss more than a tenth of the edges that its lists should have
held: they are not withdrawn before that has lasted a week. Grain: run_id, source.';
comment on column staging.held_look.run_id is 'Run.';
comment on column staging.held_look.source is 'Source name.';
comment on column staging.held_look.missed_count is 'Edges that it missed in this run at first.';
comment on column staging.held_look.seen_count is 'Edges that its lists of this run held.';
