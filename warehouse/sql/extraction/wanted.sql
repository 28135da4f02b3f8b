-- Which cited works are to be looked for in which full texts.
-- Grain: raw_sha256, cited_key. Reads: core.citation, core.full_text, staging.cited_name
create or replace temp table wanted_extraction as
select
    full_text.run_id,
    full_text.source,
    full_text.request_key,
    full_text.raw_sha256,
    cited_name.cited_key,
    cited_name.dois,
    cited_name.pmids,
    cited_name.pmcids,
    cited_name.title
from core.citation as citation
inner join core.full_text as full_text on citation.citing_work_id = full_text.work_id
inner join staging.cited_name as cited_name on citation.cited_work_id = cited_name.work_id
where full_text.outcome = 'read'
qualify
    row_number() over (
        partition by full_text.raw_sha256, cited_name.cited_key
        order by full_text.run_id
    ) = 1
