-- Who wants to know: what is to be said to whom, put down with the publication that it is about.

create schema alert;

create table alert.message (
    message_id varchar not null,
    publication_no bigint not null,
    subscription varchar not null,
    change_ids varchar[] not null,
    title varchar not null,
    body varchar not null,
    made_at timestamp with time zone not null
);

comment on table alert.message is
'Outbox: one row a subscription and a publication with something to tell it. Whether it was sent
stands in alerts-sent.jsonl in the home. Grain: message_id.';
comment on column alert.message.message_id is
'Hash of subscription, publication and changes: the same however often it is made.';
comment on column alert.message.publication_no is 'Publication that it is about.';
comment on column alert.message.subscription is 'Name of the subscription.';
comment on column alert.message.change_ids is 'Its events, history.change.change_id, sorted.';
comment on column alert.message.title is 'Its first line.';
comment on column alert.message.body is 'Its text: one line an event, at most 50.';
comment on column alert.message.made_at is 'When the publication was made, UTC.';
