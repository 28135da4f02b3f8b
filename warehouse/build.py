"""build: the core and mart tables, each made whole from one SQL file.

The file ``sql/models/core/work.sql`` is one select whose rows become the table
core.work. Its header names the tables that it reads; the order follows from that.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Final

import duckdb

from warehouse.errors import WarehouseFault
from warehouse.sqlfile import header, sql_files, sql_text

_READS: Final = re.compile(r"^Reads:(.*?)(?=^\w+:|\Z)", re.MULTILINE | re.DOTALL)
_TABLE: Final = re.compile(r"[a-z_]+\.[a-z_]+")


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


def build(con: duckdb.DuckDBPyConnection) -> None:
    """Fill every core and mart table anew from what is staged.

    Tables keep their comments: their rows are replaced, not they. Each model is a
    transaction of its own.

    Args:
        con: a writing connection to a migrated file.

    Raises:
        WarehouseFault: a model's columns are not those of its table, or as `in_order`.
    """
    rows = con.execute(sql_text("build/columns.sql")).fetchall()
    columns: dict[str, set[str]] = {table: set(names) for table, names in rows}
    for model in in_order(models(), set(columns)):
        given = set(con.sql(model.select).columns)
        if given != columns[model.table]:
            odd = sorted(given ^ columns[model.table])
            raise WarehouseFault(f"model {model.table}: columns {odd} do not match")
        con.begin()
        try:
            # The names come from files of this package, not from outside.
            con.execute(f"delete from {model.table}")  # noqa: S608
            con.execute(f"insert into {model.table} by name\n{model.select}")
        except BaseException:
            con.rollback()
            raise
        con.commit()
