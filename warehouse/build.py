"""build: the core and mart tables, each from one SQL file.

The file ``sql/models/core/work.sql`` is one select whose rows become the table
core.work. Its header names the tables that it reads, from which the order follows, and
the columns that tell its rows apart.
"""

import re
from collections.abc import Callable, Sequence
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


@dataclass(frozen=True)
class Filling:
    """Tables that code fills, not SQL, between the models.

    Attributes:
        tables: which.
        reads: the tables that it needs to be built.
        fill: brings them to what follows from these; called outside of a transaction.
    """

    tables: frozenset[str]
    reads: frozenset[str]
    fill: Callable[[duckdb.DuckDBPyConnection], None]

    @property
    def table(self) -> str:
        """The first of its tables stands for it."""
        return min(self.tables)


Changing = Callable[[Model], None]
"""Told of a table that will change; see `warehouse.difference.Differing`."""


def models() -> list[Model]:
    """The package's models, ordered by path."""
    return [
        Model(path.removesuffix(".sql").replace("/", "."), text)
        for path, text in sql_files("models").items()
    ]


def in_order(
    available: Sequence[Model | Filling], tables: set[str]
) -> list[Model | Filling]:
    """Models so that each comes after those whose tables it reads; ties by name.

    Args:
        available: models, and what else fills tables, in any order.
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
    filled_by = {
        table: name
        for name, one in by_table.items()
        for table in (one.tables if isinstance(one, Filling) else (name,))
    }
    graph = {
        name: sorted({filled_by[table] for table in one.reads & filled_by.keys()})
        for name, one in by_table.items()
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as err:
        circle = " -> ".join(err.args[1])
        raise WarehouseFault(f"models read each other in a circle: {circle}") from err
    return [by_table[name] for name in order]


def build(
    con: duckdb.DuckDBPyConnection,
    changing: Changing | None = None,
    fillings: Sequence[Filling] = (),
) -> list[Written]:
    """Bring every core and mart table to what follows from what is staged.

    Rows that stay as they are are not touched. Each model is a transaction of its own.

    Args:
        con: a writing connection to a migrated file.
        changing: told of each table that changes.
        fillings: what else fills tables.

    Returns:
        For each model what was written, in the order in which they were built.

    Raises:
        WarehouseFault: a model's columns are not those of its table, or as `in_order`.
    """
    rows = con.execute(sql_text("build/columns.sql")).fetchall()
    columns: dict[str, list[str]] = dict(rows)
    written = []
    for one in in_order([*models(), *fillings], set(columns)):
        if isinstance(one, Filling):
            one.fill(con)
        else:
            written.append(_brought(con, one, columns[one.table], changing))
    return written


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
