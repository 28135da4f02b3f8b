-- The people who, by the strongest key that fits, signed both works.
-- Grain: one row a person. Parameters: $citing, $cited.
-- Reads: staging.author_key
select distinct
    case
        when citing.orcid = cited.orcid then citing.orcid
        when citing.openalex_author_id = cited.openalex_author_id then citing.openalex_author_id
        else citing.name_key
    end as shared
from staging.author_key as citing
inner join staging.author_key as cited
    on
        citing.orcid = cited.orcid
        or (
            (citing.orcid is null or cited.orcid is null)
            and (
                citing.openalex_author_id = cited.openalex_author_id
                or citing.name_key = cited.name_key
            )
        )
where citing.work_id = $citing and cited.work_id = $cited
order by shared
