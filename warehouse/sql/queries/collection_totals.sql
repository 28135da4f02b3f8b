-- What some cited works come to together: a work that cites several of them is one citing work.
-- Works whose state is not known are counted apart; of them nothing is known.
-- Grain: one row. Parameter: $dois, as in mart.tally.
-- Reads: core.citation, core.work, mart.tally
with tally as (
    select *
    from mart.tally
    where list_contains($dois, cited_doi)
),

citing as (
    select count(distinct edge.citing_work_id) as citing_work_count
    from core.citation as edge
    inner join core.work as cited on edge.cited_work_id = cited.work_id
    inner join tally on cited.doi = tally.cited_doi and tally.state = 'known'
)

select
    len($dois) as cited_work_count,
    count(*) filter (where tally.state = 'known') as known_work_count,
    count(*) filter (where tally.is_retracted) as retracted_work_count,
    case
        when count(*) filter (where tally.state = 'known') > 0
            then any_value(citing.citing_work_count)
    end as citing_work_count,
    cast(sum(tally.citing_work_count) as bigint) as citation_count,
    cast(sum(tally.statement_count) as bigint) as statement_count,
    cast(sum(tally.supporting_statement_count) as bigint) as supporting_statement_count,
    cast(sum(tally.mentioning_statement_count) as bigint) as mentioning_statement_count,
    cast(sum(tally.contrasting_statement_count) as bigint) as contrasting_statement_count
from tally
cross join citing
