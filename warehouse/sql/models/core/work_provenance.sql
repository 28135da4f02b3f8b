-- Which record gave a value of core.work, and the abstract of a work that was asked about. doi is
-- not listed: it is part of the identity.
-- Grain: work_id, field.
-- Reads: staging.work_choice, staging.type_choice, staging.abstract_choice
select
    work_id,
    'title' as field,
    title['source'] as source,
    title['record_key'] as record_key
from staging.work_choice
where title['source'] is not null
union all
select
    work_id,
    'container_title' as field,
    container_title['source'] as source,
    container_title['record_key'] as record_key
from staging.work_choice
where container_title['source'] is not null
union all
select
    work_id,
    'issn_l' as field,
    issn_l['source'] as source,
    issn_l['record_key'] as record_key
from staging.work_choice
where issn_l['source'] is not null
union all
select
    work_id,
    'publisher' as field,
    publisher['source'] as source,
    publisher['record_key'] as record_key
from staging.work_choice
where publisher['source'] is not null
union all
select
    work_id,
    'language' as field,
    language['source'] as source,
    language['record_key'] as record_key
from staging.work_choice
where language['source'] is not null
union all
select
    work_id,
    'is_retracted' as field,
    is_retracted['source'] as source,
    is_retracted['record_key'] as record_key
from staging.work_choice
where is_retracted['source'] is not null
union all
select
    work_id,
    'oa_url' as field,
    oa_url['source'] as source,
    oa_url['record_key'] as record_key
from staging.work_choice
where oa_url['source'] is not null
union all
select
    work_id,
    'licence' as field,
    licence['source'] as source,
    licence['record_key'] as record_key
from staging.work_choice
where licence['source'] is not null
union all
select
    work_id,
    'reference_count' as field,
    reference_count['source'] as source,
    reference_count['record_key'] as record_key
from staging.work_choice
where reference_count['source'] is not null
union all
select
    work_id,
    'published_date' as field,
    published['source'] as source,
    published['record_key'] as record_key
from staging.work_choice
where published['published_date'] is not null
union all
select
    work_id,
    'published_year' as field,
    published['source'] as source,
    published['record_key'] as record_key
from staging.work_choice
where published['source'] is not null
union all
select
    work_id,
    'author_count' as field,
    byline['source'] as source,
    byline['record_key'] as record_key
from staging.work_choice
where byline['is_complete']
union all
select
    work_id,
    'publication_type' as field,
    source,
    record_key
from staging.type_choice
union all
select
    work_id,
    'abstract' as field,
    source,
    record_key
from staging.abstract_choice
