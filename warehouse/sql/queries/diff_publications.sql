-- The publications, oldest first. Grain: publication_no.
-- Reads: history.publication
select
    publication_no,
    published_at,
    command,
    run_id
from history.publication
order by publication_no
