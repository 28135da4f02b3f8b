-- The full texts to read, numbered from 0 in the order in which they lie in the archive, each with
-- the works to look for in it that nobody has looked for yet.
-- Grain: number. Reads: wanted_extraction, staging.extraction
create or replace temp table text_to_read as
select
    row_number() over (
        order by
            wanted.run_id,
            wanted.source,
            wanted.request_key
    ) - 1 as number,
    wanted.run_id,
    wanted.source,
    wanted.request_key,
    wanted.raw_sha256,
    list(
        struct_pack(
            cited_key := wanted.cited_key,
            dois := wanted.dois,
            pmids := wanted.pmids,
            pmcids := wanted.pmcids,
            title := wanted.title
        )
        order by wanted.cited_key
    ) as cited
from wanted_extraction as wanted
anti join staging.extraction as done
    on
        wanted.raw_sha256 = done.raw_sha256
        and wanted.cited_key = done.cited_key
group by
    wanted.run_id,
    wanted.source,
    wanted.request_key,
    wanted.raw_sha256
