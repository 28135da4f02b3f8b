-- The sentences on which there is no verdict yet, numbered from 0, each with the citation that is
-- meant.
-- Grain: number. Reads: core.citation_statement, staging.judgement
create or replace temp table sentence_to_judge as
with wanted as (
    select distinct
        md5(cast(to_json([text, marker]) as varchar)) as judged_key,
        text,
        marker
    from core.citation_statement
)

select
    row_number() over (order by wanted.judged_key) - 1 as number,
    wanted.judged_key,
    wanted.text,
    wanted.marker
from wanted
anti join staging.judgement as judgement on wanted.judged_key = judgement.judged_key
