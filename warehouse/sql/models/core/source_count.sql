-- What each source said about each cited DOI in each run that asked it: known, not_indexed or
-- failed. A night asks a source only where something may have moved; what it said last holds.
--
-- A source that lists citing works is
--   failed       if a question about the work failed, if the list is not complete (the verdict of
--                its certificate; "out of reach" where it is cut at the length that the source
--                lists at most) or leads to another work alone ("other work": the DOI is an alias
--                that nobody has told of), if no row of it could be used ("rejected"), or if
--                something was never asked ("not asked"). An empty list is "ambiguous-empty"
--                where the source counts more than 0, or gave citing works in an
--                earlier run and now has no record of the work;
--   not_indexed  if it does not describe the work and has no citing works;
--   known        otherwise. An empty list is a known 0 only where the list itself declares 0, or
--                where the source describes the work and counts 0.
-- A source that only describes works is known if it does, and not_indexed if it answers that it
-- does not, or was not asked because another agency registers the DOI.
-- A failed description does no harm to one that came.
-- A source that has merged the work into another does not index it: its list is that of both, and
-- cause says "merged into" the other.
-- Grain: cited_doi, source, run_id.
-- Reads: core.source, core.cited_doi, staging.run_doi, staging.work_answer,
--        staging.work_list, staging.work_description, staging.agency_record, staging.edge_count,
--        staging.edge_sighting
with named as (
    select
        run_id,
        doi,
        unnest(sources) as source
    from staging.run_doi
),

asked as (
    select
        named.doi,
        named.run_id,
        cited_doi.work_id,
        source.source,
        source.lists_citing,
        source.list_reach,
        source.agency
    from named
    inner join core.source as source on named.source = source.source
    inner join core.cited_doi as cited_doi on named.doi = cited_doi.doi
),

answered as (
    select
        run_id,
        source,
        work_id,
        count(*) filter (where role = 'work') as description_count,
        arg_min(outcome, (page, request_id)) filter (
            where role = 'work' and outcome not in ('ok', 'not_found')
        ) as description_failure,
        -- the list before the count: it matters more
        arg_min(outcome, (role = 'count', page, request_id)) filter (
            where role <> 'work' and outcome not in ('ok', 'not_found')
        ) as list_failure
    from staging.work_answer
    group by
        run_id,
        source,
        work_id
),

agency as (
    select
        prefix,
        agency
    from staging.agency_record
    qualify row_number() over (partition by prefix order by run_id desc, source asc) = 1
),

-- what was stored up to a run is what it and the runs before it added, less what they withdrew
stored as (
    select
        asked.doi,
        asked.source,
        asked.run_id,
        sum(edge_count.citing_work_count - edge_count.withdrawn_count) as stored_count
    from asked
    inner join staging.edge_count as edge_count
        on
            asked.work_id = edge_count.cited_work_id
            and asked.source = edge_count.source
            and asked.run_id >= edge_count.run_id
    group by
        asked.doi,
        asked.source,
        asked.run_id
),

gathered as (
    select
        asked.doi,
        asked.source,
        asked.run_id,
        asked.lists_citing,
        asked.list_reach,
        listed.verdict as list_verdict,
        listed.record_count > 0
        and coalesce(sighting.listed_record_count, 0) = 0 as is_of_other_work,
        listed.rejected_count > 0
        and coalesce(sighting.listed_record_count, 0) = 0 as is_unusable,
        listed.declared_start,
        listed.declared_end,
        listed.row_count,
        listed.unique_row_count,
        listed.page_count,
        listed.subject_count,
        listed.rejected_count,
        listed.no_identifier_count,
        answered.list_failure,
        answered.description_failure,
        agency.agency,
        stored.stored_count,
        description.declared_count as counted,
        description.merged_into,
        coalesce(description.is_described, false) as is_described,
        coalesce(answered.description_count, 0) > 0 as is_description_asked,
        listed.work_id is not null as is_list_asked,
        agency.prefix is not null
        and asked.agency is not null
        and coalesce(lower(agency.agency) <> lower(asked.agency), true) as is_elsewhere
    from asked
    left join answered
        on
            asked.run_id = answered.run_id
            and asked.source = answered.source
            and asked.work_id = answered.work_id
    left join staging.work_list as listed
        on
            asked.run_id = listed.run_id
            and asked.source = listed.source
            and asked.work_id = listed.work_id
    left join staging.edge_sighting as sighting
        on
            asked.run_id = sighting.run_id
            and asked.source = sighting.source
            and asked.work_id = sighting.work_id
    left join staging.work_description as description
        on
            asked.run_id = description.run_id
            and asked.source = description.source
            and asked.work_id = description.work_id
    left join agency on split_part(asked.doi, '/', 1) = agency.prefix
    left join stored
        on
            asked.doi = stored.doi
            and asked.source = stored.source
            and asked.run_id = stored.run_id
),

-- the first line that fits speaks
judged as (
    select
        *,
        case
            when not is_described and merged_into is not null then 'merged'
            when list_failure is not null then list_failure
            when not is_described and description_failure is not null then description_failure
            -- sources that only describe
            when not lists_citing and is_described then 'known'
            when not lists_citing and is_elsewhere then 'registered elsewhere'
            when not lists_citing and is_description_asked then 'not found'
            when not lists_citing then 'not asked'
            -- sources that list
            when list_verdict = 'truncated' and row_count >= list_reach then 'out of reach'
            when list_verdict in ('truncated', 'shrank', 'repeated') then list_verdict
            when list_verdict = 'complete' and is_of_other_work then 'other work'
            when list_verdict = 'complete' and is_unusable then 'rejected'
            when list_verdict = 'complete' then 'known'
            when is_list_asked and counted > 0 then 'ambiguous-empty'
            when is_list_asked and not is_described and stored_count > 0 then 'ambiguous-empty'
            when is_described then 'not asked'
            when is_description_asked then 'not found'
            else 'not asked'
        end as verdict
    from gathered
),

stated as (
    select
        *,
        case
            when verdict = 'known' then 'known'
            when verdict in ('merged', 'not found', 'registered elsewhere') then 'not_indexed'
            else 'failed'
        end as state
    from judged
)

select
    doi as cited_doi,
    source,
    run_id,
    state,
    -- a list about several works declares the length of all
    case
        when counted is not null then counted
        when subject_count = 1 and state = 'known' then declared_end
    end as declared_count,
    case state
        when 'known' then coalesce(stored_count, 0)
        when 'failed' then stored_count
    end as stored_count,
    case
        when verdict = 'registered elsewhere' and agency is null then 'prefix not registered'
        when verdict = 'registered elsewhere' then 'registered with ' || agency
        when verdict = 'merged' then 'merged into ' || merged_into
        when verdict <> 'known' then verdict
    end as cause,
    case
        when is_list_asked
            then
                json_object(
                    'declared_start', declared_start,
                    'declared_end', declared_end,
                    'rows', row_count,
                    'unique_rows', unique_row_count,
                    'pages', page_count,
                    'works', subject_count,
                    'rejected', rejected_count,
                    'no_identifier', no_identifier_count,
                    'verdict', list_verdict
                )
    end as certificate
from stated
