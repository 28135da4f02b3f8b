"""What tables there are, in the words of their own comments."""

from dataclasses import dataclass
from typing import Final

import duckdb

from warehouse.rows import named_rows

_SCHEMAS: Final = ("mart", "core", "history")
"""For reports; the others are private, or steps on the way."""


@dataclass(frozen=True)
class DescribedColumn:
    """A column and its comment."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True)
class DescribedTable:
    """A table or view, its comment, and its columns in order."""

    name: str
    comment: str
    columns: tuple[DescribedColumn, ...]


def described_tables(con: duckdb.DuckDBPyConnection) -> list[DescribedTable]:
    """The tables for queries, marts first, then by name."""
    columns: dict[tuple[str, str], list[DescribedColumn]] = {}
    for row in named_rows(con, "dictionary/columns.sql"):
        columns.setdefault((row["schema_name"], row["table_name"]), []).append(
            DescribedColumn(
                row["column_name"], row["data_type"].lower(), _line(row["comment"])
            )
        )
    rows = named_rows(con, "dictionary/tables.sql")
    return [
        DescribedTable(
            f"{schema}.{row['table_name']}",
            _line(row["comment"]),
            tuple(columns[schema, row["table_name"]]),
        )
        for schema in _SCHEMAS
        for row in rows
        if row["schema_name"] == schema
    ]


def _line(comment: str | None) -> str:
    return " ".join((comment or "").split())
