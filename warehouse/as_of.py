"""The warehouse as a past publication left it.

A database in memory with the names of the published one: `core.work` is a view of what
that table held then, made of what it holds now and of the log of its changes. So the
same queries give what they gave on that night.
"""

import datetime as dt
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

import duckdb

from warehouse.build import models
from warehouse.connection import (
    READER_MEMORY,
    nothing_published,
    open_readonly,
    published_file,
)
from warehouse.errors import WarehouseFault
from warehouse.sqlfile import sql_text

_FOREVER: Final = frozenset({"core.source", "core.field_precedence", "core.migration"})
"""Tables that no run changes: they belong to the version of Citehouse."""

_OF_ITS_RUNS: Final = (
    "run_id in (select run_id from published.history.publication_run"
    " where publication_no <= {})"
)
"""The runs that a publication had; its number is filled in."""

_HISTORY: Final = "history"
"""Schema whose rows say themselves when they came: those up to then are shown."""


def open_as_of(home: Path, moment: dt.datetime | str) -> duckdb.DuckDBPyConnection:
    """A connection to the warehouse as it was at a moment; close it after use.

    It has the schemas core, mart and history. Tables of which no history is kept
    (staging, private, who was joined with whom) are not there.

    Args:
        home: of the warehouse.
        moment: the last publication up to it counts; or the id of a run, and the
            publication that first held it.

    Raises:
        WarehouseFault: nothing was published by then, or no such run; or as
            `open_readonly`.
    """
    open_readonly(home).close()  # says what is wrong with the file, if anything is
    path = published_file(home)
    if path is None:
        raise nothing_published(home)
    con = duckdb.connect(config={"memory_limit": READER_MEMORY})
    try:
        quoted = str(path).replace("'", "''")
        con.execute(f"attach '{quoted}' as published (read_only)")
        con.execute(sql_text("session.sql"))
        number = _publication(con, moment)
        for schema, table, columns in _tables(con):
            _show(con, schema, table, columns, number)
        _bring_macros(con)
        con.execute("set enable_external_access = false")
    except BaseException:
        con.close()
        raise
    return con


def _publication(con: duckdb.DuckDBPyConnection, moment: dt.datetime | str) -> int:
    if isinstance(moment, str):
        run = {"run_id": moment}
        held = con.execute(sql_text("as_of/of_run.sql"), run).fetchall()
        if not held:
            raise WarehouseFault(
                f"no run {moment} is known; `from core.run` lists them"
            )
        return int(held[0][0])
    until = {"moment": moment}
    found = con.execute(sql_text("as_of/publications.sql"), until).fetchall()
    if not found:
        raise _too_early(con, moment)
    return int(found[-1][0])


def _too_early(con: duckdb.DuckDBPyConnection, moment: dt.datetime) -> WarehouseFault:
    every = con.execute(sql_text("as_of/publications.sql"), {"moment": None}).fetchall()
    if not every:
        return WarehouseFault(
            "no history yet: it begins with the next run of this version of Citehouse"
        )
    return WarehouseFault(
        f"nothing was published by {moment:%Y-%m-%d %H:%M} UTC; the history begins on "
        f"{every[0][1].astimezone(dt.UTC):%Y-%m-%d}"
    )


def _tables(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, list[str]]]:
    return con.execute(sql_text("as_of/tables.sql")).fetchall()


def _bring_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Make the macros of the published file, each after those that it calls."""
    rows = con.execute(sql_text("as_of/macros.sql")).fetchall()
    statements = {name: statement for name, _, statement in rows}
    calls = {
        name: {other for other in statements if f"{other}(" in definition}
        for name, definition, _ in rows
    }
    for name in TopologicalSorter(calls).static_order():
        con.execute(statements[name])


def _show(
    con: duckdb.DuckDBPyConnection,
    schema: str,
    table: str,
    columns: list[str],
    number: int,
) -> None:
    con.execute(f"create schema if not exists {schema}")
    name = f"{schema}.{table}"
    grains = {model.table: model.grain for model in models()}
    is_logged = name in grains
    is_of_run = "run_id" in grains.get(name, ()) or (
        not is_logged and '"run_id"' in columns and schema != _HISTORY
    )
    if not (is_logged or is_of_run or name in _FOREVER or schema == _HISTORY):
        return  # no history of it is kept
    rows = _OF_ITS_RUNS.format(number) if is_of_run else "true"
    if schema == _HISTORY and '"publication_no"' in columns:
        rows = f"publication_no <= {number}"
    con.execute(
        sql_text(
            f"as_of/{'logged' if is_logged else 'of_runs'}.sql",
            table=name,
            log=f"history.{schema}_{table}",
            columns=", ".join(columns),
            publication_no=str(number),
            of_its_runs=rows,
        )
    )
