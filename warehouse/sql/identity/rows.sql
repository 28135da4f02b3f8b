-- What each record says of who is who; see schemas.identity.IdentityRow.
-- Grain: one row a work record, a side of a citation record, and a cited DOI.
-- Reads: staging.work_record, staging.citation_record, staging.identifier_record,
--        staging.run_doi
select
    source,
    record_key,
    'work' as side,
    tokens,
    aliases,
    list_transform(version_links, lambda link: link['token']) as version_tokens,
    case
        when publication_type = 'preprint' then true
        when publication_type <> 'other' and type_rule <> 'unknown' then false
    end as is_preprint,
    list_transform(
        list_filter(
            version_links,
            lambda link: link['relation'] in ('is-preprint-of', 'has-preprint') -- noqa: RF02
        ),
        lambda link: link['token']
    ) as preprint_tokens
from staging.work_record
union all
select
    source,
    record_key,
    'citing' as side,
    citing_tokens as tokens,
    cast([] as varchar[]) as aliases,
    cast([] as varchar[]) as version_tokens,
    cast(null as boolean) as is_preprint,
    cast([] as varchar[]) as preprint_tokens
from staging.citation_record
where len(citing_tokens) > 0
union all
select
    source,
    record_key,
    'cited' as side,
    cited_tokens as tokens,
    cast([] as varchar[]) as aliases,
    cast([] as varchar[]) as version_tokens,
    cast(null as boolean) as is_preprint,
    cast([] as varchar[]) as preprint_tokens
from staging.citation_record
where len(cited_tokens) > 0
union all
select
    source,
    record_key,
    'identifiers' as side,
    tokens,
    cast([] as varchar[]) as aliases,
    cast([] as varchar[]) as version_tokens,
    cast(null as boolean) as is_preprint,
    cast([] as varchar[]) as preprint_tokens
from staging.identifier_record
union all
select distinct
    'citehouse' as source,
    'doi:' || doi as record_key,
    'cited' as side,
    ['doi:' || doi] as tokens,
    cast([] as varchar[]) as aliases,
    cast([] as varchar[]) as version_tokens,
    cast(null as boolean) as is_preprint,
    cast([] as varchar[]) as preprint_tokens
from staging.run_doi
order by
    source,
    record_key,
    side
