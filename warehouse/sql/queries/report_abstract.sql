-- The abstract of a work; its text only where the licence of the work lets anyone show it.
-- Grain: at most one row, none if no source gives an abstract. Parameter: $work_id.
-- Reads: core.work_provenance, core.abstract
select
    given.source,
    abstract.text,
    abstract.licence
from core.work_provenance as given
left join core.abstract as abstract on given.work_id = abstract.work_id
where given.work_id = $work_id and given.field = 'abstract'
