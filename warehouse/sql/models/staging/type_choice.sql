-- The publication type of a work, of all that were said. The first step that has an answer
-- wins; within a step the order of core.field_precedence, then record_key.
--   1 notice    the record is a retraction notice or a correction; retraction first
--   2 preprint  unless Crossref knows the work as something else: aggregators take new preprint
--               servers for journals and published articles for their preprints
--   3 detail    Crossref says article, having no word for review, editorial, letter, erratum;
--               OpenAlex, Europe PMC, Semantic Scholar have: the first that says one
--   4 known     any type but other
--   5 other     described, but not in words that say what it is
-- Grain: work_id, described works only.
-- Reads: core.work_type, core.field_precedence
with said as (
    select
        work_type.work_id,
        work_type.source,
        work_type.record_key,
        work_type.publication_type,
        work_type.type_rule,
        coalesce(general.rank, 1000) as source_rank,
        detail.rank as detail_rank,
        work_type.publication_type in ('review', 'editorial', 'letter', 'erratum') as is_detail,
        work_type.publication_type <> 'other' and work_type.type_rule <> 'unknown' as is_known,
        bool_or(work_type.source = 'crossref' and work_type.publication_type = 'article')
            over same_work as is_article_at_crossref,
        bool_or(
            work_type.source = 'crossref'
            and work_type.publication_type <> 'preprint'
            and not starts_with(coalesce(work_type.raw_type, ''), 'posted-content')
        ) over same_work as is_no_preprint_at_crossref
    from core.work_type as work_type
    left join core.field_precedence as general
        on work_type.source = general.source and general.field = 'publication_type'
    left join core.field_precedence as detail
        on work_type.source = detail.source and detail.field = 'publication_type_detail'
    window same_work as (partition by work_type.work_id)
),

stepped as (
    select
        *,
        case
            when type_rule = 'notice' then 1
            when publication_type = 'preprint' and not is_no_preprint_at_crossref then 2
            when is_detail and detail_rank is not null and is_article_at_crossref then 3
            when is_known and publication_type <> 'preprint' then 4
            when publication_type <> 'preprint' then 5
            else 6
        end as step
    from said
),

chosen as (
    select
        *,
        row_number() over (
            partition by work_id
            order by
                step asc,
                (step = 1 and publication_type = 'retraction') desc,
                case when step = 3 then detail_rank else source_rank end asc,
                record_key asc
        ) as place
    from stepped
),

winner as (
    select
        work_id,
        publication_type,
        source,
        record_key
    from chosen
    where place = 1
),

-- "article" of a source that has no finer word contradicts nothing
disagreement as (
    select
        said.work_id,
        count(distinct said.publication_type) > 1 as has_type_conflict
    from said
    inner join winner on said.work_id = winner.work_id
    where
        said.is_known
        and not (
            said.publication_type = 'article'
            and said.source in ('crossref', 'datacite', 'opencitations')
            and winner.publication_type in (
                'review', 'editorial', 'letter', 'erratum', 'retraction'
            )
        )
    group by said.work_id
)

select
    winner.work_id,
    winner.publication_type,
    coalesce(disagreement.has_type_conflict, false) as has_type_conflict,
    winner.source,
    winner.record_key
from winner
left join disagreement on winner.work_id = disagreement.work_id
