-- One citation as it counts; no row if it does not.
-- Grain: at most one row. Parameters: $citing, $cited.
-- Reads: core.citation
select
    is_self_citation,
    self_citation_method
from core.citation
where citing_work_id = $citing and cited_work_id = $cited
