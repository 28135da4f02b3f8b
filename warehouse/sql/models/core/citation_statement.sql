-- The sentences of open full texts that cite the watched works.
-- Grain: statement_id.
-- Reads: core.citation, core.full_text, staging.cited_name, staging.extracted_statement
with stated as (
    select
        citation.citing_work_id,
        citation.cited_work_id,
        full_text.source,
        full_text.full_text_id,
        full_text.licence,
        full_text.request_key,
        statement.* exclude (cited_key), -- noqa: AM04, RF02
        row_number() over (
            partition by full_text.full_text_id, statement.ref_ids, statement.text
            order by
                statement.text_offset,
                citation.cited_work_id
        ) as turn
    from core.citation as citation
    inner join staging.cited_name as cited_name on citation.cited_work_id = cited_name.work_id
    inner join core.full_text as full_text on citation.citing_work_id = full_text.work_id
    inner join staging.extracted_statement as statement
        on
            full_text.raw_sha256 = statement.raw_sha256
            and cited_name.cited_key = statement.cited_key
    where full_text.outcome = 'read'
)

select
    md5(cast(to_json([
        to_json(full_text_id),
        to_json(ref_ids),
        to_json(text),
        to_json(turn)
    ]) as varchar)) as statement_id,
    citing_work_id,
    cited_work_id,
    text_offset,
    text,
    before,
    after,
    section_title,
    section,
    location,
    markers[1] as marker,
    markers,
    mention_count,
    ref_ids,
    source,
    full_text_id,
    licence,
    run_id,
    request_key,
    raw_sha256,
    extractor_version
from stated
