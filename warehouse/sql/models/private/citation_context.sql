-- The passages of citation records, each beside the two works that it is about. Private: the text
-- is that of others, and nothing of core, mart or the reports reads this table.
-- Grain: citing_work_id, cited_work_id, source, record_key, context_index.
-- Reads: staging.edge, staging.citation_record
with passage as (
    select
        record.source,
        record.record_key,
        record.run_id,
        record.request_key,
        record.raw_sha256,
        record.fetched_at,
        unnest(record.contexts) as context,
        unnest(range(len(record.contexts))) as context_index
    from staging.citation_record as record
)

select
    edge.citing_work_id,
    edge.cited_work_id,
    passage.source,
    passage.record_key,
    passage.context_index,
    passage.context['text'] as text,
    passage.context['intents'] as intents,
    -- the licence of the API, read 2026-11-22; of any other source nobody has read the terms
    case passage.source
        when 'semanticscholar'
            then
                'Semantic Scholar API licence: CC BY-NC or ODC-BY by item; '
                || 'private, not for redistribution'
        else 'not known: private, not for redistribution'
    end as licence,
    case passage.source
        when 'semanticscholar' then 'Semantic Scholar'
        else passage.source
    end as attribution,
    passage.run_id,
    passage.request_key,
    passage.raw_sha256,
    passage.fetched_at
from passage
inner join staging.edge as edge
    on passage.source = edge.source and passage.record_key = edge.record_key
where not edge.is_loop
