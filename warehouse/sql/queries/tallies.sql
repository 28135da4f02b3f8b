-- The tallies of some works, in the order of the DOIs asked for; any DOI of a work names it.
-- Grain: one row a DOI that names a cited work. Parameter: $dois, none twice.
-- Reads: core.cited_doi, core.work_identifier, core.work, mart.tally
with asked as (
    select
        unnest($dois) as asked_as,
        generate_subscripts($dois, 1) as place
),

aliased as (
    select
        cited.doi,
        cited.work_id,
        identifier.value as alias
    from core.cited_doi as cited
    inner join core.work_identifier as identifier on cited.work_id = identifier.work_id
    where identifier.scheme = 'doi'
    union all
    select
        doi,
        work_id,
        doi as alias
    from core.cited_doi
),

named as (
    select
        asked.asked_as,
        asked.place,
        arg_min(aliased.doi, (aliased.doi <> asked.asked_as, aliased.doi)) as doi,
        arg_min(aliased.work_id, (aliased.doi <> asked.asked_as, aliased.doi)) as work_id
    from asked
    inner join aliased on asked.asked_as = aliased.alias
    group by
        asked.asked_as,
        asked.place
)

select
    named.asked_as,
    coalesce(described.doi, named.doi) as cited_doi,
    described.title,
    described.container_title,
    described.published_year,
    coalesce(tally.is_retracted, described.is_retracted) as is_retracted,
    coalesce(tally.state, 'failed') as state,
    tally.citing_work_count,
    tally.citing_group_count,
    tally.self_citing_work_count,
    tally.independent_citing_work_count,
    tally.unknown_relationship_work_count,
    tally.retracted_citing_work_count,
    tally.reference_count,
    tally.statement_count,
    tally.supporting_statement_count,
    tally.mentioning_statement_count,
    tally.contrasting_statement_count,
    tally.unclassified_statement_count,
    tally.retracted_supporting_statement_count,
    tally.retracted_mentioning_statement_count,
    tally.retracted_contrasting_statement_count
from named
left join core.work as described on named.work_id = described.work_id
left join mart.tally as tally on coalesce(described.doi, named.doi) = tally.cited_doi
order by named.place
