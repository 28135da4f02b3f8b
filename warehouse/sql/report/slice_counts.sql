-- How much is in the slice.
-- Grain: one row.
-- Reads: the temporary citing, sliced_work and sliced_statement
with work as (
    select
        sliced.citing_work_id,
        sliced.statement_count,
        coalesce(citing.is_retracted, false) as is_retracted
    from sliced_work as sliced
    inner join citing on sliced.citing_work_id = citing.citing_work_id
    where sliced.failure_count = 0 and sliced.is_stated_so
),

counted_work as (
    select
        count(*) as citing_work_count,
        count(*) filter (where statement_count > 0) as stated_citing_work_count,
        count(*) filter (where is_retracted) as retracted_citing_work_count
    from work
),

counted_statement as (
    select
        count(*) as statement_count,
        cast(coalesce(sum(said.mention_count), 0) as bigint) as mention_count,
        count(*) filter (where said.stance = 'supporting') as supporting_statement_count,
        count(*) filter (where said.stance = 'mentioning') as mentioning_statement_count,
        count(*) filter (where said.stance = 'contrasting') as contrasting_statement_count,
        count(*) filter (where said.stance = 'unclassified') as unclassified_statement_count,
        count(*) filter (where said.stance = 'supporting' and work.is_retracted)
            as retracted_supporting_statement_count,
        count(*) filter (where said.stance = 'mentioning' and work.is_retracted)
            as retracted_mentioning_statement_count,
        count(*) filter (where said.stance = 'contrasting' and work.is_retracted)
            as retracted_contrasting_statement_count
    from sliced_statement as said
    inner join work on said.citing_work_id = work.citing_work_id
    where said.failure_count = 0
)

select
    counted_work.citing_work_count,
    counted_work.stated_citing_work_count,
    counted_work.retracted_citing_work_count,
    counted_statement.statement_count,
    counted_statement.mention_count,
    counted_statement.supporting_statement_count,
    counted_statement.mentioning_statement_count,
    counted_statement.contrasting_statement_count,
    counted_statement.unclassified_statement_count,
    counted_statement.retracted_supporting_statement_count,
    counted_statement.retracted_mentioning_statement_count,
    counted_statement.retracted_contrasting_statement_count
from counted_work
cross join counted_statement
