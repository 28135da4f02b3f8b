-- The outbox, oldest first. Grain: message_id.
-- Reads: alert.message
select
    message_id,
    publication_no,
    subscription,
    change_ids,
    title,
    body,
    made_at
from alert.message
order by
    publication_no,
    subscription,
    message_id
