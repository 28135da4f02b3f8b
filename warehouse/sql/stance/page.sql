-- Some of the sentences to judge. Grain: number. Reads: sentence_to_judge. Parameters: $first,
-- $count.
select
    judged_key,
    text,
    marker
from sentence_to_judge
where number >= $first and number < $first + $count
order by number
