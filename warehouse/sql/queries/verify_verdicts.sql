-- How the lists were closed.
-- Grain: one row a source, role and verdict, in this order.
-- Reads: core.certificate
select
    source,
    role,
    verdict,
    count(*) as list_count
from core.certificate
group by
    source,
    role,
    verdict
order by
    source,
    role,
    verdict
