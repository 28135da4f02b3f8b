-- Some of the full texts to read. Grain: number. Reads: text_to_read. Parameters: $first, $count.
select
    run_id,
    source,
    request_key,
    raw_sha256,
    cited
from text_to_read
where number >= $first and number < $first + $count
order by number
