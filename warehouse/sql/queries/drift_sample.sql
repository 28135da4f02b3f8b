-- The answers of a run in which drift is looked for: of each source and endpoint those whose
-- request keys have the smallest hashes, so that neither time nor size decides.
-- Grain: one row an answer. Parameters: $run_id, $answers.
-- Reads: staging.answer
select
    source,
    request_key
from staging.answer
where
    run_id = $run_id
    and outcome in ('ok', 'soft_error')
    and body_bytes > 0
qualify
    row_number() over (
        partition by source, endpoint
        order by md5(request_key), request_key
    ) <= $answers
order by
    source,
    request_key
