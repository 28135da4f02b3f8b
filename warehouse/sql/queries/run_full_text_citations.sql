-- What came of looking for the watched works in the full texts that a run has fetched.
-- Grain: one row an outcome. Parameter: $run_id.
-- Reads: core.full_text_citation, core.full_text
select
    looked_at.outcome,
    count(*) as citation_count
from core.full_text_citation as looked_at
inner join core.full_text as full_text on looked_at.citing_work_id = full_text.work_id
where full_text.run_id = $run_id and full_text.outcome = 'read'
group by looked_at.outcome
order by
    list_position(
        ['statements', 'no_mention', 'no_reference', 'rejected', 'gone'],
        looked_at.outcome
    )
