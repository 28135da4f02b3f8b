-- The names of the citing works of some cited DOIs that a source could not be asked about.
-- Grain: work_id. Reads: wanted (cited DOIs), undescribed, staging.token_work
select list(token_work.token order by token_work.token) as tokens
from staging.token_work as token_work
where
    token_work.work_id in (
        select undescribed.work_id
        from undescribed
        semi join wanted on undescribed.doi = wanted.doi
    )
group by token_work.work_id
order by token_work.work_id
