-- Edges to cited works that came or went with this publication, and why.
-- Grain: one row an edge. Parameter: $publication_no.
-- Reads: history.core_citation, history.publication, history.publication_run, moved_identity,
--        cited_name, core.citation, core.citation_evidence, core.cited_doi, core.source_count,
--        staging.edge
insert into history.change by name
with change as (
    select
        citing_work_id,
        cited_work_id,
        bool_or(is_added) as is_added
    from history.core_citation
    where publication_no = $publication_no
    group by
        citing_work_id,
        cited_work_id
    -- an edge of which only the relationship has changed is in both
    having count(distinct is_added) = 1
),

named as (
    select
        change.*,
        cited_name.cited_doi
    from change
    inner join cited_name on change.cited_work_id = cited_name.work_id
),

-- those of works that have become one, or two
moved as (
    select
        named.citing_work_id,
        named.cited_work_id,
        bool_or(moved_identity.is_merged) as is_merged
    from named
    inner join moved_identity
        on
            (
                named.is_added
                and moved_identity.new_work_id in (named.citing_work_id, named.cited_work_id)
            )
            or (
                not named.is_added
                and moved_identity.old_work_id in (named.citing_work_id, named.cited_work_id)
            )
    group by
        named.citing_work_id,
        named.cited_work_id
),

gone_before as (
    select distinct
        citing_work_id,
        cited_work_id
    from history.core_citation
    where publication_no < $publication_no and not is_added
),

-- sources that knew who cites a work before
known_before as (
    select distinct
        cited_doi.work_id,
        source_count.source
    from core.source_count as source_count
    inner join core.cited_doi as cited_doi on source_count.cited_doi = cited_doi.doi
    inner join history.publication_run as publication_run
        on source_count.run_id = publication_run.run_id
    where source_count.state = 'known' and publication_run.publication_no < $publication_no
),

evidence as (
    select
        named.citing_work_id,
        named.cited_work_id,
        string_agg(evidence.source, ', ' order by evidence.source) as source,
        bool_and(known_before.source is null) as is_first_look
    from named
    inner join core.citation_evidence as evidence
        on
            named.citing_work_id = evidence.citing_work_id
            and named.cited_work_id = evidence.cited_work_id
    left join known_before
        on
            evidence.cited_work_id = known_before.work_id
            and evidence.source = known_before.source
    where named.is_added
    group by
        named.citing_work_id,
        named.cited_work_id
),

withdrawn as (
    select
        named.citing_work_id,
        named.cited_work_id,
        string_agg(distinct edge.source, ', ' order by edge.source) as source
    from named
    inner join staging.edge as edge
        on
            named.citing_work_id = edge.citing_work_id
            and named.cited_work_id = edge.cited_work_id
    where not named.is_added and edge.withdrawn_in_run_id is not null
    group by
        named.citing_work_id,
        named.cited_work_id
),

explained as (
    select
        named.*,
        publication.run_id,
        publication.command = 'backfill' as is_by_hand,
        coalesce(evidence.source, withdrawn.source) as source,
        case
            when moved.is_merged then 'works_merged'
            when moved.citing_work_id is not null then 'works_split'
            when publication.run_id is null then 'reread'
            when not named.is_added and withdrawn.source is not null then 'withdrawn'
            when not named.is_added then 'reread'
            when evidence.is_first_look then 'first_look'
            when gone_before.citing_work_id is not null then 'came_back'
            else 'new'
        end as reason
    from named
    inner join history.publication as publication
        on publication.publication_no = $publication_no
    left join moved
        on
            named.citing_work_id = moved.citing_work_id
            and named.cited_work_id = moved.cited_work_id
    left join gone_before
        on
            named.citing_work_id = gone_before.citing_work_id
            and named.cited_work_id = gone_before.cited_work_id
    left join evidence
        on
            named.citing_work_id = evidence.citing_work_id
            and named.cited_work_id = evidence.cited_work_id
    left join withdrawn
        on
            named.citing_work_id = withdrawn.citing_work_id
            and named.cited_work_id = withdrawn.cited_work_id
)

select
    sha256(concat_ws(
        '|',
        coalesce(run_id, cast($publication_no as varchar)),
        'citation',
        is_added,
        cited_work_id,
        citing_work_id
    ))[:32] as change_id,
    $publication_no as publication_no,
    case when is_added then 'citation_added' else 'citation_removed' end as kind,
    reason,
    is_by_hand or reason not in ('new', 'came_back', 'withdrawn') as is_back_fill,
    cited_doi,
    cited_work_id,
    citing_work_id,
    source,
    run_id
from explained
