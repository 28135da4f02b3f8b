"""The data dictionary, made from the comments on tables and columns.

``python -m warehouse.dictionary > docs/warehouse.md``
"""

import sys
from collections import defaultdict
from typing import Final

import duckdb

from warehouse.migrate import migrate
from warehouse.sqlfile import sql_text

_SCHEMAS: Final = {
    "mart": "The aggregates: what most questions need.",
    "core": "The merged facts: works, who cites whom, what the runs did.",
    "history": "What changed each night.",
    "private": "Text of others, kept for those who run this warehouse: not for export.",
    "staging": "What the sources sent, newest per key, and the steps of the merge. "
    "Not for reports: its tables may change without notice.",
}

_HEAD: Final = """\
# The warehouse

Made from the comments in the database by `python -m warehouse.dictionary`; do not edit.
The same texts are in every warehouse: `select * from duckdb_columns()`.

Null means "not known", never 0. Times are UTC. A `work_id` is the work's strongest
identifier with its scheme, such as `doi:10.1234/abc`.
"""


def dictionary() -> str:
    """The tables and columns of a new warehouse, as Markdown."""
    with duckdb.connect() as con:
        migrate(con)
        tables = con.execute(sql_text("dictionary/tables.sql")).fetchall()
        columns = con.execute(sql_text("dictionary/columns.sql")).fetchall()
    rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for schema, table, name, type_, is_nullable, comment in columns:
        null = "" if is_nullable else "not null"
        rows[schema, table].append(
            f"| {name} | {_type_name(type_)} | {null} | {_cell(comment)} |"
        )
    parts = [_HEAD]
    for schema, about in _SCHEMAS.items():
        parts.append(f"## {schema}\n\n{about}\n")
        for table_schema, table, kind, comment in tables:
            if table_schema == schema:
                title = f"### {schema}.{table}" + (" (view)" if kind == "view" else "")
                head = "| column | type | | meaning |\n|---|---|---|---|"
                body = "\n".join([head, *rows[schema, table]])
                parts.append(f"{title}\n\n{_line(comment)}\n\n{body}\n")
    return "\n".join(parts)


def _type_name(type_: str) -> str:
    short = {"TIMESTAMP WITH TIME ZONE": "timestamp (UTC)"}
    return short.get(type_, type_.lower().replace("|", "\\|"))


def _line(comment: str | None) -> str:
    return " ".join((comment or "").split())


def _cell(comment: str | None) -> str:
    return _line(comment).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(dictionary())
