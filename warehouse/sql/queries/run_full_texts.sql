-- What came of the full texts that a run asked for.
-- Grain: one row an outcome. Parameter: $run_id.
-- Reads: staging.answer
with asked as (
    select
        case
            when outcome = 'ok' and parsed > 0 then 'read'
            when outcome = 'ok' then 'rejected'
            when outcome = 'not_found' then 'not_open'
            else 'failed'
        end as outcome
    from staging.answer
    where run_id = $run_id and role = 'full_text'
)

select
    outcome,
    count(*) as text_count
from asked
group by outcome
order by list_position(['read', 'rejected', 'not_open', 'failed'], outcome)
