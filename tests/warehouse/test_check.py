"""Checks: each finds what it is for, and nothing in a whole world."""

import pytest

from warehouse.check import run_checks
from warehouse.errors import WarehouseFault
from warehouse.sqlfile import sql_files


def test_every_core_and_mart_table_is_checked_for_its_grain(con):
    checked = "".join(sql_files("checks").values())
    for schema, table in con.execute(
        "select schema_name, table_name from duckdb_tables() where "
        "schema_name in ('core', 'mart')"
    ).fetchall():
        if table != "migration":
            assert f"'{schema}.{table}' as table_name" in checked


WARNINGS = {"years_are_plausible", "ledger_is_explained"}

BREAKS = [
    ("grain_of_core", "insert into core.work select * from core.work limit 1"),
    (
        "grain_of_core",
        "insert into core.abstract select 'w', 't', 'crossref', 'cc-by' from range(2)",
    ),
    (
        "grain_of_private",
        "insert into private.abstract select 'w', 't', 'crossref', null from range(2)",
    ),
    (
        "grain_of_staging",
        "insert into staging.abstract_choice"
        " select 'w', 'crossref', 'k', null, false from range(2)",
    ),
    (
        "grain_of_private",
        "insert into private.citation_context by name select 'a' as citing_work_id,"
        " 'b' as cited_work_id, 's' as source, 'k' as record_key, 0 as context_index,"
        " 't' as text, [] as intents, 'l' as licence, 'a' as attribution,"
        " 'r' as run_id, 'q' as request_key, 'h' as raw_sha256, now() as fetched_at"
        " from range(2)",
    ),
    ("grain_of_mart", "insert into mart.tally select * from mart.tally limit 1"),
    ("nothing_vanishes", "update core.run_source set loaded = loaded + 1"),
    ("answer_adds_up", "delete from staging.reject_record"),
    (
        "relationships_add_up",
        "update mart.tally set self_citing_work_count = 9 where state = 'known'",
    ),
    ("facets_add_up", "delete from mart.citations_by_year where citing_year is null"),
    ("facets_add_up", "delete from mart.citations_by_type"),
    (
        "tally_is_counted_from_edges",
        "delete from core.citation where citing_work_id = 'openalex:W4'",
    ),
    (
        "only_known_is_counted",
        "update mart.tally set citing_work_count = 0 where state <> 'known'",
    ),
    ("states_are_the_three", "update core.source_count set state = 'unknown'"),
    (
        "no_self_loops",
        "insert into core.citation values ('doi:10.1/a', 'doi:10.1/a', null, null)",
    ),
    ("edges_lead_to_works", "delete from core.work where work_id = 'doi:10.1/c'"),
    ("works_are_complete", "delete from core.work where work_id = 'doi:10.1/b'"),
    ("cited_works_have_a_tally", "delete from mart.tally where cited_doi = '10.1/b'"),
    (
        "cited_works_have_a_tally",
        "delete from core.source_count where source = 'crossref'",
    ),
    (
        "precedence_covers_all_sources",
        "delete from core.field_precedence where source = 'openalex'",
    ),
    ("types_are_in_the_vocabulary", "update core.work set publication_type = 'blog'"),
    ("years_are_plausible", "update core.work set published_year = 20031"),
    (
        "ledger_adds_up",
        "update mart.ledger set failed = 99 where unexplained_count = 0",
    ),
    ("ledger_is_explained", "update mart.ledger set unexplained_count = -1"),
    ("known_lists_are_complete", "delete from core.certificate"),
    ("known_lists_are_complete", "update core.certificate set verdict = 'fine'"),
    (
        "known_lists_are_complete",
        'update core.source_count set certificate = \'{"verdict": "truncated"}\'',
    ),
    (
        "withdrawn_is_gone",
        "update core.citation_evidence set withdrawn_in_run_id = 'run-9'",
    ),
    (
        "withdrawn_is_gone",
        "update core.citation_evidence set withdrawn_in_run_id = run_id",
    ),
    (
        "grain_of_extractions",
        "insert into staging.cited_name select * from staging.cited_name",
    ),
    ("statements_add_up", "update mart.tally set statement_count = 7"),
    (
        "grain_of_staging",
        "insert into staging.token_work select * from staging.token_work",
    ),
]


@pytest.fixture(scope="module")
def whole(make_world, full_world):
    """One world in which everything holds."""
    world = full_world(make_world())
    world.build()
    return world


@pytest.fixture
def breakable(whole):
    """The same, to be broken: it is mended afterwards."""
    whole.con.begin()
    yield whole
    whole.con.rollback()


@pytest.mark.parametrize(
    ("name", "sql"), BREAKS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(BREAKS)]
)
def test_check_finds_what_it_is_for(breakable, name, sql):
    assert name not in [one.name for one in run_checks(breakable.con)]
    breakable.con.execute(sql)
    (found,) = [one for one in run_checks(breakable.con) if one.name == name]
    assert found.row_count >= 1
    assert found.sample
    assert found.level == ("warn" if name in WARNINGS else "fail")


def test_every_check_has_been_seen_to_fail():
    assert {path.removesuffix(".sql") for path in sql_files("checks")} == {
        name for name, _ in BREAKS
    }


def test_check_without_level_is_refused(con):
    with pytest.raises(WarehouseFault, match="Level"):
        run_checks(con, {"odd.sql": "-- What.\nselect 1"})


def test_check_counts_all_rows_and_shows_some(con):
    (found,) = run_checks(
        con, {"many.sql": "-- Many.\n-- Level: warn\nselect i from range(25000) t(i)"}
    )
    assert (found.row_count, len(found.sample), found.says) == (25_000, 5, "Many.")
