-- Put a message into the outbox. Grain: message_id.
insert into alert.message (
    message_id, publication_no, subscription, change_ids, title, body, made_at
)
values ($message_id, $publication_no, $subscription, $change_ids, $title, $body, $made_at)
