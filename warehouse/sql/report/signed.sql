-- Who wrote the citing works: a person is an ORCID, without one an OpenAlex author id, without one
-- a name, as in mart.citations_by_author.
-- Grain: one row a citing work and line of its byline.
-- Reads: core.authorship, and the temporary citing
create or replace temp table signed as
select
    author.work_id as citing_work_id,
    author.position,
    author.name,
    coalesce(
        'orcid:' || author.orcid,
        'openalex:' || author.openalex_author_id,
        'name:' || coalesce(
            core.name_key(author.family, author.given, author.name),
            core.plain_text(author.name)
        )
    ) as author_key
from core.authorship as author
semi join citing on author.work_id = citing.citing_work_id
