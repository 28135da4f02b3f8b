-- The answers of one run and the checksums of their bodies.
-- Grain: one row an answer. Parameter: $run_id.
-- Reads: core.fetch
select
    answer.source,
    answer.request_key,
    answer.raw_sha256
from core."fetch" as answer
where answer.run_id = $run_id
