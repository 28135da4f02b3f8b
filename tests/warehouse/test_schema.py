"""Migrations, comments and the dictionary made of them."""

from dataclasses import replace

import duckdb
import pytest

from warehouse.dictionary import dictionary
from warehouse.errors import WarehouseFault
from warehouse.migrate import Migration, migrate, migrations
from warehouse.staged import TABLES

WITHOUT_COMMENT = {
    "tables": "select table_name from duckdb_tables() "
    "where not internal and comment is null",
    "views": "select view_name from duckdb_views() "
    "where not internal and comment is null",
    "columns": "select table_name, column_name from duckdb_columns() "
    "where not internal and comment is null",
}


@pytest.fixture
def empty():
    with duckdb.connect() as con:
        yield con


def test_migrations_are_applied_once_and_recorded(empty):
    applied = migrate(empty)
    assert [m.version for m in applied] == list(range(1, len(applied) + 1))
    assert migrate(empty) == []
    assert empty.execute(
        "select version, name, sha256 from core.migration order by 1"
    ).fetchall() == [(m.version, m.name, m.sha256) for m in applied]


def test_new_migration_is_applied_to_an_old_file(empty):
    migrate(empty)
    more = [
        *migrations(),
        Migration(
            len(migrations()) + 1, "9999_new.sql", "create table core.new (a int)"
        ),
    ]
    assert migrate(empty, more) == more[-1:]
    assert empty.execute("from core.new").fetchall() == []


def test_migration_that_fails_leaves_no_trace(empty):
    migrate(empty)
    bad = Migration(
        len(migrations()) + 1, "9999_bad.sql", "create table core.new (a int); selec"
    )
    with pytest.raises(duckdb.Error):
        migrate(empty, [*migrations(), bad])
    with pytest.raises(duckdb.Error):
        empty.execute("from core.new")
    assert migrate(empty) == []


def test_changed_migration_is_refused(empty):
    migrate(empty)
    first, *others = migrations()
    changed = replace(first, text=first.text + "-- changed\n")
    with pytest.raises(WarehouseFault, match="was changed after it was applied"):
        migrate(empty, [changed, *others])


def test_file_of_a_newer_version_is_refused(empty):
    migrate(empty)
    with pytest.raises(WarehouseFault, match="upgrade Citehouse"):
        migrate(empty, migrations()[:-1])


def test_every_table_and_column_has_a_comment(con):
    for kind in ("tables", "views", "columns"):
        without = con.execute(WITHOUT_COMMENT[kind]).fetchall()
        assert without == []


def test_every_table_says_its_grain(con):
    tables = con.execute(
        "select comment from duckdb_tables() where not internal"
    ).fetchall()
    assert len(tables) > 40
    assert all("Grain: " in " ".join(comment.split()) for (comment,) in tables)


def test_the_dictionary_is_up_to_date(root):
    written = (root / "docs" / "warehouse.md").read_text("utf-8")
    assert written == dictionary(), (
        "run: python -m warehouse.dictionary > docs/warehouse.md"
    )


def test_staged_columns_have_their_place(con):
    places = {"answer": "answer"} | {
        name: f"{name}_record" for name in TABLES if name != "answer"
    }
    for name, table in places.items():
        columns = {
            row[0] for row in con.execute(f"describe staging.{table}").fetchall()
        }
        assert set(TABLES[name].names) <= columns
