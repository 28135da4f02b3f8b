"""A published warehouse of any size, made up: to measure what reads it.

Rows stand in no order, as after many nights; texts are drawn from words. One cited work
has a hundredth of all citing works, the others shares that fall by their rank.
"""

from pathlib import Path
from typing import Final

from warehouse.connection import LINK_NAME, open_building
from warehouse.migrate import migrate
from warehouse.search_index import index_of, write_index

CITED: Final = 2_000


_STATEMENTS: Final = (
    # cited works
    "insert into core.work by name select 'doi:10.5555/cited.' || n as work_id,"
    " '10.5555/cited.' || n as doi, 'Cited work number ' || n as title,"
    " 'journal-article' as publication_type, '2001-01-01' as published_date,"
    " 2001 as published_year, 'Journal of Measured Results' as container_title,"
    " 3 as author_count, 30 as reference_count from range(1, $cited + 1) t(n)",
    "insert into core.cited_doi by name select doi, doi as requested_as, work_id,"
    " '1' as first_run_id, '1' as last_run_id from core.work",
    "create temp table drawn as select n, case when n % 100 = 0 then 1 else"
    " 2 + cast(floor(($cited - 1) * pow((hash(n) % 1000003) / 1000003.0, 1.7)) as"
    " bigint)"
    " end as cited, (hash(n, 1) >> 2)::bigint as a, (hash(n, 2) >> 2)::bigint as"
    " b, (hash(n, 3) >> 2)::bigint"
    " as c"
    " from range($works) t(n) order by hash(n, 9)",
    "insert into core.work by name select 'doi:10.5555/citing.' || n as work_id,"
    " '10.5555/citing.' || n as doi,"
    " 'On the effect of ' || a || ' in ' || b || ' and what became of it' as title,"
    " ['journal-article', 'preprint', 'book-chapter', 'dissertation', 'review']"
    "[1 + a % 5] as publication_type, (2002 + b % 24)::varchar as published_date,"
    " 2002 + b % 24 as published_year, 'Journal number ' || (c % 900) as"
    " container_title,"
    " printf('1234-%04d', c % 900) as issn_l, c % 500 = 0 as is_retracted,"
    " 3 as author_count from drawn",
    "insert into core.authorship by name select 'doi:10.5555/citing.' || n as work_id,"
    " place as position, 'Author ' || hash(n, place) % 40000 as name,"
    " 'Author' || hash(n, place) % 40000 as family, 'A' as given, 'crossref' as source"
    " from drawn, range(1, 4) t(place)",
    "insert into core.citation by name select 'doi:10.5555/citing.' || n"
    " as citing_work_id, 'doi:10.5555/cited.' || cited as cited_work_id,"
    " case when a % 20 = 0 then true when a % 7 = 0 then null else false end"
    " as is_self_citation from drawn",
    "insert into core.citation_evidence by name select citing_work_id, cited_work_id,"
    " source, [] as source_ids, timestamptz '2026-01-01' as first_seen,"
    " timestamptz '2026-01-01' as last_seen, '1' as run_id from core.citation,"
    " unnest(['crossref', 'openalex', 'opencitations']) t(source)"
    " where hash(citing_work_id, source) % 10 < 8",
    "create temp table said as select n, place, cited, (hash(n, place, 4) >>"
    " 2)::bigint as d"
    " from drawn, range(1, 6) t(place) where a % 5 < 2 order by hash(n, place)",
    "insert into core.citation_statement by name select md5(n || '.' || place)"
    " as statement_id, 'doi:10.5555/citing.' || n as citing_work_id,"
    " 'doi:10.5555/cited.' || cited as cited_work_id, place as text_offset,"
    " array_to_string([w[1 + (d >> k) % len(w)] for k in range(0, 24)], ' ') as text,"
    " 'What stands before.' as before, 'What stands after.' as after,"
    " 'A section' as section_title, ['introduction', 'methods', 'results',"
    " 'discussion',"
    " 'conclusion', 'other'][1 + d % 6] as section, 'body' as location, '[1]' as"
    " marker,"
    " ['[1]'] as markers, 1 as mention_count, ['r1'] as ref_ids, 'europepmc' as source,"
    " 'pmcid:PMC' || n as full_text_id, 'cc-by' as licence, '1' as run_id,"
    " 'GET' as request_key, '00' as raw_sha256, 1 as extractor_version"
    " from said, (select list('word' || i) as w from range(4000) t(i))",
    "insert into core.statement_stance by name select statement_id,"
    " 'classifier' as decided_by, false as is_disputed, [] as reviewers,"
    " case when h < 6 then 'supporting' when h < 7 then 'contrasting' else 'mentioning'"
    " end as stance, 0.1 as p_supporting, 0.8 as p_mentioning, 0.1 as p_contrasting,"
    " 0.5 + h / 200.0 as confidence from (select statement_id,"
    " (hash(statement_id) % 100)::bigint as h from core.citation_statement)",
    "insert into core.run by name select '1' as run_id, timestamptz '2026-01-01' as"
    " started_at, timestamptz '2026-01-01' as finished_at, 'finished' as state,"
    " '1' as version, ['crossref'] as sources, $cited as requested_doi_count",
    "insert into mart.tally by name select work.doi as cited_doi, 'known' as state,"
    " count(*) as citing_work_count, count(*) as citing_group_count,"
    " count(*) filter (where is_self_citation) as self_citing_work_count,"
    " count(*) filter (where not is_self_citation) as independent_citing_work_count,"
    " count(*) filter (where is_self_citation is null) as"
    " unknown_relationship_work_count"
    " from core.citation join core.work on work_id = cited_work_id group by all",
)


def make_world(home: Path, works: int) -> None:
    """Write the warehouse of a home: so many citing works, twice as many statements."""
    folder = home / "generations"
    folder.mkdir(parents=True)
    path = folder / "warehouse-1.duckdb"
    with open_building(path, memory_limit="8GB") as con:
        migrate(con)
        for text in _STATEMENTS:
            wanted = {"cited": CITED, "works": works}
            con.execute(text, {k: v for k, v in wanted.items() if f"${k}" in text})
        write_index(con, index_of(path), before=None)
    (home / LINK_NAME).symlink_to(path.relative_to(home))
