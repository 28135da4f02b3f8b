-- Who cites a work is known from a source only if the certificates of its lists say that they are
-- complete, and every list has a certificate with one of the five verdicts.
-- Level: fail
select
    source_count.run_id,
    source_count.source,
    source_count.cited_doi as subject,
    source_count.certificate ->> 'verdict' as verdict
from core.source_count as source_count
inner join core.source as source on source_count.source = source.source
where
    source.lists_citing
    and source_count.state = 'known'
    and (source_count.certificate ->> 'verdict') is distinct from 'complete'
union all
select
    answer.run_id,
    answer.source,
    answer.chain as subject,
    'no certificate' as verdict
from staging.answer as answer
anti join core.certificate as certificate
    on
        answer.run_id = certificate.run_id
        and answer.source = certificate.source
        and answer.chain = certificate.chain
where answer.role in ('citing', 'references')
union all
select
    run_id,
    source,
    chain as subject,
    verdict
from core.certificate
where verdict not in ('complete', 'shrank', 'repeated', 'truncated', 'ambiguous-empty')
