"""Which queries read private text: passages and abstracts that are not to be passed on.

The database says so itself: the plan of a query names every table that it scans, with
its schema, however the query spells it, through views, macros and table functions, too.
The plan is taken without the optimiser, which leaves out what it finds to be empty.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import duckdb

SCHEMA: Final = "private"
"""The schema all of whose tables are private."""

TABLES: Final = frozenset({"staging.citation_record", "staging.work_record"})
"""Staged records with passages (`contexts`) and abstracts in them."""

UNTOLD: Final = "a table that its plan does not name"
"""In the place of tables, where there is no plan to read."""

_PLAIN: Final = re.compile(
    r"RANGE|GENERATE_SERIES|REPEAT|REPEAT_ROW|UNNEST|PRAGMA_TABLE_INFO|PRAGMA_VERSION"
    r"|DUCKDB_(?!LOG|TABLE_SAMPLE)\w+"
)
"""Table functions that read no table of ours: they count, or tell of the schema. Any
other may read what its plan does not name: statistics with the beginnings of texts, a
query that is handed over as JSON, the file of the warehouse itself."""

_NAME: Final = re.compile(r'"?(\w+)"?\."?(\w+)"?$')


def private_tables(
    con: duckdb.DuckDBPyConnection,
    statement: str,
    params: Mapping[str, Any] | Sequence[Any] | None = None,
) -> tuple[str, ...]:
    """The tables with private text that a query reads, sorted; empty if there are none.

    Executes nothing. A query that cannot be planned, or that calls a table function
    which may read tables, may read anything: ``(UNTOLD,)``.

    Args:
        con: to a published warehouse.
        statement: one query.
        params: values of its parameters.
    """
    con.execute("pragma disable_optimizer")
    try:
        rows = con.execute(f"explain (format json) {statement}", params).fetchall()
        nodes = [node for _, plan in rows for node in _nodes(json.loads(plan))]
    except (duckdb.Error, ValueError):
        return (UNTOLD,)
    finally:
        con.execute("pragma enable_optimizer")
    called = (node.get("extra_info", {}).get("Function", "UNNEST") for node in nodes)
    if not all(_PLAIN.fullmatch(str(name).upper()) for name in called):
        return (UNTOLD,)
    scanned = {_table(node) for node in nodes}
    return tuple(sorted(name for name in scanned if name and _is_private(name)))


def _nodes(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in plan:
        yield node
        yield from _nodes(node.get("children", []))


def _table(node: dict[str, Any]) -> str | None:
    """``schema.table`` of a scan; None: the node scans no table."""
    found = _NAME.search(str(node.get("extra_info", {}).get("Table", "")))
    return f"{found[1]}.{found[2]}" if found else None


def _is_private(name: str) -> bool:
    return name.startswith(f"{SCHEMA}.") or name in TABLES
