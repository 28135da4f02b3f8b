"""build: the core and mart tables, each from one SQL file.

The file ``sql/models/core/work.sql`` is one select whose rows become the table
core.work. Its header names the tables that it reads, from which the order follows, and
the columns that tell its rows apart.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from graphlib import CycleError, TopologicalSorter
from typing import Final

import duckdb

from warehouse.difference import Written, bring
from warehouse.errors import WarehouseFault
from warehouse.sqlfile import header, sql_files, sql_text

_GRAIN: Final = re.compile(r"^Grain:(.*?)\.(?:\s|\Z)", re.MULTILINE | re.DOTALL)
_READS: Final = re.compile(r"^Reads:(.*?)(?=^\w+:|\Z)", re.MULTILINE | re.DOTALL)
_TABLE: Final = re.compile(r"[a-z_]+\.[a-z_]+")
_NAME: Final = re.compile(r"[a-z_]+")


@dataclass(frozen=True)
class Model:
    """One file of ``sql/models``.

    Attributes:
        table: the table that it fills, ``core.work``.
        select: its text, one select statement.
    """

    table: str
    select: str

    @cached_property
    def reads(self) -> frozenset[str]:
        """The tables that its header names.

        Raises:
            WarehouseFault: the header has no ``Reads:``.
        """
        found = _READS.search(header(self.select))
        if not found:
            raise WarehouseFault(f"model {self.table}: the header has no `Reads:` list")
        return frozenset(_TABLE.findall(found.group(1)))

    @cached_property
    def grain(self) -> tuple[str, ...]:
        """The columns that tell its rows apart, in the order of the header.

        Raises:
            WarehouseFault: the header has no ``Grain:``.
        """
        found = _GRAIN.search(header(self.select))
        if not found:
            raise WarehouseFault(f"model {self.table}: the header has no `Grain:`")
        parts = (part.strip() for part in found.group(1).split(","))
        return tuple(part for part in parts if _NAME.fullmatch(part))


Changing = Callable[[Model], None]
"""Told of a table that will change; see `warehouse.difference.Differing`."""


def models() -> list[Model]:
    """The package's models, ordered by path."""
    return [
        Model(path.removesuffix(".sql").replace("/", "."), text)
        for path, text in sql_files("models").items()
    ]


def in_order(available: list[Model], tables: set[str]) -> list[Model]:
    """Models so that each comes after those whose tables it reads; ties by name.

    Args:
        available: models in any order.
        tables: all tables that there are.

    Raises:
        WarehouseFault: a model fills or reads a table that there is not, or models read
            each other in a circle.
    """
    by_table = {
        model.table: model for model in sorted(available, key=lambda m: m.table)
    }
    for model in by_table.values():
        if unknown := sorted({model.table, *model.reads} - tables):
            raise WarehouseFault(f"model {model.table}: no such table: {unknown}")
    graph = {
        name: sorted(model.reads & by_table.keys()) for name, model in by_table.items()
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as err:
        circle = " -> ".join(err.args[1])
        raise WarehouseFault(f"models read each other in a circle: {circle}") from err
    return [by_table[name] for name in order]


def build(
    con: duckdb.DuckDBPyConnection, changing: Changing | None = None
) -> list[Written]:
    """Bring every core and mart table to what follows from what is staged.

    Rows that stay as they are are not touched. Each model is a transaction of its own.

    Args:
        con: a writing connection to a migrated file.
        changing: told of each table that changes and was not empty.

    Returns:
        For each model what was written, in the order in which they were built.

    Raises:
        WarehouseFault: a model's columns are not those of its table, or its rows are
            not told apart by its grain; or as `in_order`.
    """
    rows = con.execute(sql_text("build/columns.sql")).fetchall()
    columns: dict[str, list[str]] = dict(rows)
    return [
        _brought(con, model, columns[model.table], changing)
        for model in in_order(models(), set(columns))
    ]


def _brought(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    columns: list[str],
    changing: Changing | None,
) -> Written:
    given = set(con.sql(model.select).columns)
    if given != set(columns):
        odd = sorted(given ^ set(columns))
        raise WarehouseFault(f"model {model.table}: columns {odd} do not match")
    con.begin()
    try:
        written = bring(
            con,
            model.table,
            columns,
            model.select,
            grain=model.grain,
            differing=partial(changing, model) if changing else None,
        )
    except BaseException:
        con.rollback()
        raise
    con.commit()
    return written
