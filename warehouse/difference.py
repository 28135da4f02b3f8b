"""Bringing a table to what it should hold by writing only what differs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from warehouse.sqlfile import sql_text


@dataclass(frozen=True)
class Written:
    """What was written to one table; a row that changed is removed and added.

    Attributes:
        kept: rows that were not touched.
    """

    table: str
    added: int
    removed: int
    kept: int


Differing = Callable[[], None]
"""Called when a table will change, while the temporary tables `going` and `coming`
hold the rows that go and come; before anything is written."""


def bring(
    con: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    select: str,
    *,
    grain: Sequence[str],
    differing: Differing | None = None,
) -> Written:
    """Make a table hold the rows of a select; rows that stay are not touched.

    The caller holds a transaction.

    Args:
        con: a writing connection.
        table: with its schema; like all names here from this package, not from outside.
        columns: all its columns.
        select: SQL that gives these columns, in any order.
        grain: columns that tell its rows apart. Where they do not, the table is right
            all the same, but written whole; the checks say what is wrong.
        differing: called if it differs; without it, an empty table is simply filled.
    """
    before = _count(con, table)
    if not before and not differing:
        con.execute(f"insert into {table} by name\n{select}")
        return Written(table, _count(con, table), 0, 0)
    listed = ", ".join(f'"{name}"' for name in columns)
    _run(con, "difference", columns=listed, table=table, select=select)
    removed, added = _differing(con)
    if removed or added:
        _run(con, "apart", columns=listed)
        if differing:
            differing()
        same_key = " and ".join(
            f'old."{name}" is not distinct from going."{name}"' for name in grain
        )
        _run(con, "apply", columns=listed, table=table, same_key=same_key)
        if _count(con, table) != before - removed + added:  # rows that stay went, too
            _run(con, "replace", columns=listed, table=table, select=select)
        con.execute("drop table going; drop table coming")
    con.execute("drop table differing")
    return Written(table, added, removed, before - removed)


def _run(con: duckdb.DuckDBPyConnection, step: str, **names: str) -> None:
    con.execute(sql_text(f"difference/{step}.sql", **names))


def _differing(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How many rows have to go, and how many have to come."""
    ((going, coming),) = con.execute(sql_text("difference/size.sql")).fetchall()
    return int(going), int(coming)


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    ((count,),) = con.execute(f"select count(*) from {table}").fetchall()  # noqa: S608
    return int(count)
