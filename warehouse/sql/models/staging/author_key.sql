-- What authors are compared by.
-- Grain: work_id, position.
-- Reads: core.authorship
select
    work_id,
    position,
    orcid,
    openalex_author_id,
    core.name_key(family, given, name) as name_key
from core.authorship
