-- Passages of citation records that hold a statement of the same two works: letters and digits of
-- the one stand whole in the other, without the in-text citations, which each prints as it likes.
-- Grain: statement_id, source, record_key, context_index.
-- Reads: core.citation_statement, private.citation_context
with statement as (
    select
        statement_id,
        citing_work_id,
        cited_work_id,
        regexp_replace(
            regexp_replace(lower(text), '\[[0-9, –-]*\]|\([^()]*[12][0-9]{3}[a-z]?\)', ' ', 'g'),
            '[^\p{L}\p{N}]+',
            '',
            'g'
        ) as letters
    from core.citation_statement
),

passage as (
    select
        citing_work_id,
        cited_work_id,
        source,
        record_key,
        context_index,
        regexp_replace(
            regexp_replace(lower(text), '\[[0-9, –-]*\]|\([^()]*[12][0-9]{3}[a-z]?\)', ' ', 'g'),
            '[^\p{L}\p{N}]+',
            '',
            'g'
        ) as letters
    from private.citation_context
)

select
    statement.statement_id,
    passage.source,
    passage.record_key,
    passage.context_index
from statement
inner join passage
    on
        statement.citing_work_id = passage.citing_work_id
        and statement.cited_work_id = passage.cited_work_id
where
    -- a few words are not enough to tell that it is the same sentence
    least(length(statement.letters), length(passage.letters)) >= 40
    and (
        contains(passage.letters, statement.letters)
        or contains(statement.letters, passage.letters)
    )
