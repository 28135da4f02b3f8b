-- Works with the value that won for each field. A work that is only named by a citation is a
-- stub: its descriptive columns are null, publication_type too, for nobody described it.
-- Grain: work_id.
-- Reads: core.work_identifier, staging.work_choice, staging.type_choice
with named as (
    select distinct work_id
    from core.work_identifier
)

select
    named.work_id,
    -- a DOI is the strongest identifier, so a work that has one is named by it
    case
        when starts_with(named.work_id, 'doi:') then substr(named.work_id, 5)
    end as doi,
    choice.title.value as title,
    type_choice.publication_type,
    type_choice.has_type_conflict,
    choice.published.published_date,
    choice.published.published_date_raw,
    choice.published.published_year,
    choice.container_title.value as container_title,
    choice.issn_l.value as issn_l,
    choice.publisher.value as publisher,
    choice.language.value as language,
    choice.is_retracted.value as is_retracted,
    choice.oa_url.value as oa_url,
    choice.licence.value as licence,
    case when choice.byline.is_complete then choice.byline.author_count end as author_count,
    choice.reference_count.value as reference_count
from named
left join staging.work_choice as choice on named.work_id = choice.work_id
left join staging.type_choice as type_choice on named.work_id = type_choice.work_id
