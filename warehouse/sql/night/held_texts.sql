-- The full texts that were asked for, with the newest answer that says something. Not those of
-- which the bytes are gone while somebody still waits to have them read.
-- Grain: source, text. Reads: staging.answer, staging.extraction
create or replace temp table held_text as
select
    answer.source,
    answer.subjects[1] as text,
    max(answer.fetched_at) as fetched_at,
    arg_max(answer.outcome = 'ok', answer.fetched_at) as is_text
from staging.answer as answer
where
    answer.role = 'full_text'
    and answer.outcome in ('ok', 'not_found', 'client')
    and answer.raw_sha256 not in (
        select extraction.raw_sha256
        from staging.extraction as extraction
        where extraction.outcome = 'gone'
    )
group by
    answer.source,
    answer.subjects[1]
