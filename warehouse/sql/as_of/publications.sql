-- The publications up to a moment, the newest last. Grain: publication_no. Parameter: $moment.
-- Reads: history.publication
select
    publication_no,
    published_at
from published.history.publication
where $moment is null or published_at <= $moment
order by publication_no
