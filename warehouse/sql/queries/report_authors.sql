-- The byline of a work.
-- Grain: one row an author, in order. Parameter: $work_id.
-- Reads: core.authorship
select author.name
from core.authorship as author
where author.work_id = $work_id
order by author.position
