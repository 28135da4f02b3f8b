-- All names of all works. A work is whatever a record describes, a citation names, or a user
-- asks about.
-- Grain: work_id, scheme, value.
-- Reads: staging.token_work, staging.record_work, core.citation_evidence, core.cited_doi
with named as (
    select
        work_id,
        token
    from staging.token_work
    union
    select
        work_id,
        work_id as token
    from staging.record_work
    union
    select
        citing_work_id as work_id,
        citing_work_id as token
    from core.citation_evidence
    union
    select
        cited_work_id as work_id,
        cited_work_id as token
    from core.citation_evidence
    union
    select
        work_id,
        work_id as token
    from core.cited_doi
    union
    select
        work_id,
        'doi:' || doi as token
    from core.cited_doi
)

select
    work_id,
    split_part(token, ':', 1) as scheme,
    substr(token, instr(token, ':') + 1) as value
from named
