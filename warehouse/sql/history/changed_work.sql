-- Fields of cited works, and of those that cite them, that have other values than before; and
-- works that have become one, or two.
-- Grain: one row a work, field and cited work. Parameter: $publication_no.
-- Reads: history.core_work, history.publication, moved_identity, cited_name, core.citation,
--        core.work_provenance
insert into history.change by name
with listed as (
    select
        was.work_id,
        unnest([
            struct_pack(name := 'title', was := was.title, became := became.title),
            struct_pack(
                name := 'publication_type',
                was := was.publication_type,
                became := became.publication_type
            ),
            struct_pack(
                name := 'published_date',
                was := was.published_date,
                became := became.published_date
            ),
            struct_pack(
                name := 'published_year',
                was := cast(was.published_year as varchar),
                became := cast(became.published_year as varchar)
            ),
            struct_pack(
                name := 'container_title',
                was := was.container_title,
                became := became.container_title
            ),
            struct_pack(name := 'issn_l', was := was.issn_l, became := became.issn_l),
            struct_pack(name := 'publisher', was := was.publisher, became := became.publisher),
            struct_pack(name := 'language', was := was.language, became := became.language),
            struct_pack(
                name := 'is_retracted',
                was := cast(coalesce(was.is_retracted, false) as varchar),
                became := cast(coalesce(became.is_retracted, false) as varchar)
            ),
            struct_pack(name := 'oa_url', was := was.oa_url, became := became.oa_url),
            struct_pack(name := 'licence', was := was.licence, became := became.licence),
            struct_pack(
                name := 'author_count',
                was := cast(was.author_count as varchar),
                became := cast(became.author_count as varchar)
            ),
            struct_pack(
                name := 'reference_count',
                was := cast(was.reference_count as varchar),
                became := cast(became.reference_count as varchar)
            )
        ]) as field
    from history.core_work as was
    inner join history.core_work as became
        on was.publication_no = became.publication_no and was.work_id = became.work_id
    where was.publication_no = $publication_no and not was.is_added and became.is_added
),

field as (
    select
        work_id,
        field['name'] as name,
        field['was'] as was,
        field['became'] as became
    from listed
),

event as (
    select
        field.work_id,
        case
            when field.name in ('published_date', 'published_year') then 're_dated'
            when field.name = 'publication_type' then 're_typed'
            when field.name = 'is_retracted' and field.became = 'true' then 'retracted'
            when field.name = 'is_retracted' then 'unretracted'
            else 'corrected'
        end as kind,
        field.name as field,
        field.was as before_value,
        field.became as after_value,
        provenance.source
    from field
    left join core.work_provenance as provenance
        on
            field.work_id = provenance.work_id
            and provenance.field = case
                when field.name in ('published_date', 'published_year') then 'published_date'
                else field.name
            end
    where field.was is distinct from field.became
    union all
    select
        new_work_id as work_id,
        case when is_merged then 'work_merged' else 'work_split' end as kind,
        null as field,
        old_work_id as before_value,
        new_work_id as after_value,
        null as source
    from moved_identity
),

-- what a cited work is told of: itself, and the works that cite it
concerned as (
    select
        work_id,
        work_id as cited_work_id,
        cast(null as varchar) as citing_work_id
    from cited_name
    union all
    select
        citation.citing_work_id as work_id,
        citation.cited_work_id,
        citation.citing_work_id
    from core.citation as citation
    inner join cited_name on citation.cited_work_id = cited_name.work_id
)

select
    sha256(concat_ws(
        '|',
        coalesce(publication.run_id, cast($publication_no as varchar)),
        event.kind,
        coalesce(event.field, event.before_value),
        event.work_id,
        concerned.cited_work_id
    ))[:32] as change_id,
    $publication_no as publication_no,
    event.kind,
    case when publication.run_id is null then 'reread' else 'told' end as reason,
    publication.run_id is null or publication.command = 'backfill' as is_back_fill,
    cited_name.cited_doi,
    concerned.cited_work_id,
    concerned.citing_work_id,
    event.work_id,
    event.field,
    event.before_value,
    event.after_value,
    event.source,
    publication.run_id
from event
inner join concerned on event.work_id = concerned.work_id
inner join cited_name on concerned.cited_work_id = cited_name.work_id
inner join history.publication as publication
    on publication.publication_no = $publication_no
