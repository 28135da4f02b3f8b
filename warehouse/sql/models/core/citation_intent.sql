-- Why one work cites another, by source: facts of the citation records, without their text.
-- Grain: citing_work_id, cited_work_id, source.
-- Reads: staging.edge, staging.citation_record
select
    edge.citing_work_id,
    edge.cited_work_id,
    edge.source,
    list_sort(list_distinct(flatten(list(record.intents)))) as intents,
    bool_or(record.is_influential) as is_influential,
    sum(len(record.contexts)) as context_count,
    case edge.source
        when 'semanticscholar' then 'Semantic Scholar'
        else edge.source
    end as attribution
from staging.edge as edge
inner join staging.citation_record as record
    on edge.source = record.source and edge.record_key = record.record_key
where
    not edge.is_loop
    and (
        len(record.intents) > 0
        or len(record.contexts) > 0
        or record.is_influential is not null
    )
group by
    edge.citing_work_id,
    edge.cited_work_id,
    edge.source
