"""The rows from which the report of one work is computed: out of and into Parquet."""

import io
from collections.abc import Mapping
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.errors import WarehouseFault
from warehouse.migrate import migrate
from warehouse.sqlfile import sql_files, sql_text

ENDING: Final = ".parquet"

_INCOMING: Final = "incoming"


def bundled_tables() -> list[str]:
    """The tables that a report reads, as `schema.name`, by name."""
    return [path.removesuffix(".sql") for path in sql_files("bundle")]


def report_rows(
    con: duckdb.DuckDBPyConnection, work_id: str | None, doi: str
) -> dict[str, pa.Table]:
    """The rows of each table that the report of a work reads, by table.

    Args:
        con: to a published warehouse.
        work_id: of the cited work; None: no source knows it.
        doi: as its report names it.
    """
    asked = {"work_id": work_id, "doi": doi}
    rows = {}
    for table in bundled_tables():
        sql = sql_text(f"bundle/{table}.sql")
        wanted = {name: value for name, value in asked.items() if f"${name}" in sql}
        rows[table] = con.sql(sql, params=wanted or None).to_arrow_table()
    return rows


def parquet(rows: pa.Table) -> bytes:
    """Rows as one Parquet file."""
    stream = io.BytesIO()
    pq.write_table(rows, stream, compression="zstd")
    return stream.getvalue()


def filled(files: Mapping[str, bytes]) -> duckdb.DuckDBPyConnection:
    """A database in memory with this version's schema and rows; close it after use.

    Args:
        files: Parquet by table; all of `bundled_tables`, and no other.

    Raises:
        WarehouseFault: a table is missing or foreign, or its rows do not fit.
    """
    wanted = set(bundled_tables())
    if odd := sorted(wanted ^ set(files)):
        raise WarehouseFault(f"tables missing or not of a report: {', '.join(odd)}")
    con = duckdb.connect(config={"enable_external_access": "false"})
    con.execute(sql_text("session.sql"))
    migrate(con)
    for table, content in sorted(files.items()):
        schema, name = table.split(".")
        try:
            con.register(_INCOMING, pq.read_table(io.BytesIO(content)))
            con.execute(sql_text("bundle_load/fill.sql", schema=schema, table=name))
            con.unregister(_INCOMING)
        except (duckdb.Error, pa.ArrowException, OSError) as err:
            con.close()
            raise WarehouseFault(f"{table} does not fit: {err}") from err
    return con
