-- What the statements have in each facet of statements.
-- Grain: facet, statement_id.
-- Reads: the temporary stated
create or replace temp table stated_value as
select
    'section' as facet,
    statement_id,
    section as value
from stated
union all
select
    'stance' as facet,
    statement_id,
    stance as value
from stated
where stance is not null
