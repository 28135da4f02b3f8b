-- Citing works by their year of publication and type, for every cited work whose state is known.
-- Works are counted under their own year and type; groups of versions under those of the
-- published version, even if only the preprint cites. So a row may have groups and no works.
-- Grain: cited_doi, citing_year, publication_type.
-- Reads: staging.cited_state, staging.edge_stance, core.citation, core.work, core.version_group
with known as (
    select
        work_id,
        cited_doi
    from staging.cited_state
    where state = 'known'
),

citing as (
    select
        known.cited_doi,
        citation.citing_work_id,
        citation.cited_work_id,
        citation.is_self_citation,
        version_group.version_group_id
    from core.citation as citation
    inner join known on citation.cited_work_id = known.work_id
    inner join core.version_group as version_group
        on citation.citing_work_id = version_group.work_id
),

-- the published version if any source describes it, else what is described
face as (
    select
        version_group.version_group_id,
        work.published_year,
        work.publication_type
    from core.version_group as version_group
    inner join core.work as work on version_group.work_id = work.work_id
    semi join citing on version_group.version_group_id = citing.version_group_id
    qualify
        row_number() over (
            partition by version_group.version_group_id
            order by
                not version_group.is_preprint and work.publication_type is not null desc,
                work.publication_type is not null desc,
                version_group.work_id = version_group.version_group_id desc,
                version_group.work_id asc
        ) = 1
),

citing_group as (
    select distinct
        cited_doi,
        version_group_id
    from citing
),

counted as (
    select
        citing.cited_doi,
        work.published_year as citing_year,
        coalesce(work.publication_type, 'other') as publication_type,
        1 as work_count,
        0 as group_count,
        citing.is_self_citation,
        edge_stance.supporting_statement_count,
        edge_stance.mentioning_statement_count,
        edge_stance.contrasting_statement_count,
        edge_stance.unclassified_statement_count
    from citing
    inner join core.work as work on citing.citing_work_id = work.work_id
    left join staging.edge_stance as edge_stance
        on
            citing.citing_work_id = edge_stance.citing_work_id
            and citing.cited_work_id = edge_stance.cited_work_id
    union all
    select
        citing_group.cited_doi,
        face.published_year as citing_year,
        coalesce(face.publication_type, 'other') as publication_type,
        0 as work_count,
        1 as group_count,
        cast(null as boolean) as is_self_citation,
        null as supporting_statement_count,
        null as mentioning_statement_count,
        null as contrasting_statement_count,
        null as unclassified_statement_count
    from citing_group
    inner join face on citing_group.version_group_id = face.version_group_id
)

select
    cited_doi,
    citing_year,
    publication_type,
    cast(sum(work_count) as bigint) as citing_work_count,
    cast(sum(group_count) as bigint) as citing_group_count,
    count(*) filter (where is_self_citation) as self_citing_work_count,
    count(*) filter (where not is_self_citation) as independent_citing_work_count,
    count(*) filter (where is_self_citation is null and work_count = 1)
        as unknown_relationship_work_count,
    cast(coalesce(sum(supporting_statement_count), 0) as bigint) as supporting_statement_count,
    cast(coalesce(sum(mentioning_statement_count), 0) as bigint) as mentioning_statement_count,
    cast(coalesce(sum(contrasting_statement_count), 0) as bigint) as contrasting_statement_count,
    cast(coalesce(sum(unclassified_statement_count), 0) as bigint) as unclassified_statement_count
from counted
group by
    cited_doi,
    citing_year,
    publication_type
