-- The cited DOIs that somebody has asked about and that a work cites, as far as is known.
-- Grain: one row a cited DOI, the most cited first. Parameter: $name of the citing work.
-- Reads: staging.token_work, core.citation, core.cited_doi, mart.tally
select cited.doi
from staging.token_work as token_work
inner join core.citation as citation on token_work.work_id = citation.citing_work_id
inner join core.cited_doi as cited on citation.cited_work_id = cited.work_id
left join mart.tally as tally on cited.doi = tally.cited_doi
where token_work.token = $name
order by
    tally.citing_work_count desc nulls last,
    cited.doi asc
