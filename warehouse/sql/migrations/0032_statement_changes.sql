-- What citing works say is history, too: statements that came and went, and other stances.

alter table history.change add column statement_id varchar;

comment on column history.change.statement_id is
'Statement that came, went or has another stance. Null: the event is about none.';
comment on column history.change.kind is
'citation_added, citation_removed, work_merged, work_split, re_dated, re_typed, retracted,
unretracted, corrected, notice_added, notice_removed, state_changed, statement_added,
statement_removed or reclassified (a statement has another stance).';
comment on column history.change.reason is
'Why: new, came_back, first_look, withdrawn, works_merged, works_split, told (a source says so),
reread (the archived answers were read anew) or reviewed (a person has judged).';
comment on column history.change.field is
'Column that changed; of a statement its stance. Null: the whole row came or went.';
