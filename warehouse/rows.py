"""Rows of a query in `sql/`, by the names of their columns."""

from collections.abc import Mapping
from typing import Any

import duckdb

from warehouse.sqlfile import sql_text


def named_rows(
    con: duckdb.DuckDBPyConnection,
    path: str,
    parameters: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """All rows, column name to value, in the order of the query.

    Args:
        con: to a warehouse.
        path: of the file below ``sql/``.
        parameters: exactly those that the query names.
    """
    cursor = con.execute(sql_text(path), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
