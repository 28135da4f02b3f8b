"""Models: their headers, their order, the tables they fill."""

import pytest

from warehouse.build import Model, in_order, models
from warehouse.errors import WarehouseFault
from warehouse.sqlfile import header


@pytest.mark.parametrize("model", models(), ids=lambda model: model.table)
def test_header_of_a_model_tells_its_grain_and_what_it_reads(con, model):
    top = header(model.select)
    assert "Grain: " in top
    named = con.get_table_names(model.select, qualified=True)
    assert model.reads == {name.partition(" AS ")[0].replace('"', "") for name in named}


def test_every_derived_table_has_a_model(con):
    filled_elsewhere = {
        "core.migration",
        "core.source",
        "core.field_precedence",
        "core.run",
        "core.identity_conflict",
        "core.identity_decision",
        "core.merge_log",
        "core.source_drift",
    }
    tables = {
        name
        for (name,) in con.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where schema_name in ('core', 'mart')"
        ).fetchall()
    }
    assert tables - {model.table for model in models()} == filled_elsewhere


def fake(table, *reads):
    return Model(table, f"-- What.\n-- Reads: {', '.join(reads)}\nselect 1")


def test_models_come_after_what_they_read():
    order = in_order(
        [
            fake("core.b", "core.a"),
            fake("core.a", "staging.x"),
            fake("core.c", "core.b"),
        ],
        {"core.a", "core.b", "core.c", "staging.x"},
    )
    assert [model.table for model in order] == ["core.a", "core.b", "core.c"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([fake("core.a", "core.b"), fake("core.b", "core.a")], "in a circle: core"),
        ([fake("core.a", "core.nothing")], "no such table: .'core.nothing'"),
        ([fake("core.other", "core.a")], "no such table: .'core.other'"),
        ([Model("core.a", "-- What.\nselect 1")], "no `Reads:` list"),
    ],
)
def test_models_that_cannot_be_ordered_are_refused(given, why):
    with pytest.raises(WarehouseFault, match=why):
        in_order(given, {"core.a", "core.b"})
