-- The cited work that a DOI names: the DOI as it was asked about, or another DOI of the
-- same work.
-- Grain: at most one row. Parameter: $doi, normalised.
-- Reads: core.cited_doi, core.work_identifier, core.work, mart.tally
with named as (
    select
        cited.doi,
        cited.requested_as,
        cited.work_id
    from core.cited_doi as cited
    left join core.work_identifier as identifier
        on
            cited.work_id = identifier.work_id
            and identifier.scheme = 'doi'
            and identifier.value = $doi
    where cited.doi = $doi or identifier.work_id is not null
    order by cited.doi = $doi desc, cited.doi asc
    limit 1
)

select
    named.requested_as,
    named.work_id,
    described.title,
    described.container_title,
    described.publisher,
    described.published_date,
    described.published_year,
    described.publication_type,
    described.oa_url,
    described.licence,
    tally.citing_work_count,
    tally.citing_group_count,
    tally.self_citing_work_count,
    tally.independent_citing_work_count,
    tally.unknown_relationship_work_count,
    tally.retracted_citing_work_count,
    tally.supporting_statement_count,
    tally.mentioning_statement_count,
    tally.contrasting_statement_count,
    tally.unclassified_statement_count,
    tally.retracted_supporting_statement_count,
    tally.retracted_mentioning_statement_count,
    tally.retracted_contrasting_statement_count,
    tally.reviewed_statement_count,
    tally.statement_count,
    tally.mention_count,
    tally.full_text_citing_work_count,
    tally.stated_citing_work_count,
    coalesce(described.doi, named.doi) as doi,
    coalesce(tally.state, 'failed') as state,
    coalesce(tally.is_retracted, described.is_retracted) as is_retracted,
    coalesce(tally.reference_count, described.reference_count) as reference_count
from named
left join core.work as described on named.work_id = described.work_id
left join mart.tally as tally on tally.cited_doi = coalesce(described.doi, named.doi)
