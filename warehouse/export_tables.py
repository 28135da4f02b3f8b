"""Whole tables as files in a folder, with what is needed to check and to share them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import duckdb
import orjson
import pyarrow as pa

from schemas.table_export import (
    ExportedTable,
    SourceLicence,
    StatementLicence,
    TableExport,
)
from warehouse.connection import reading
from warehouse.errors import WarehouseFault
from warehouse.export import Format, export
from warehouse.private import SCHEMA as PRIVATE
from warehouse.query import QueryResult, named
from warehouse.report.table_readme import table_readme
from warehouse.sqlfile import sql_text

MANIFEST: Final = "manifest.json"
README: Final = "README.md"
PUBLIC: Final = ("core", "mart")

_BATCH_ROWS: Final = 10_000


def export_tables(
    home: Path,
    folder: Path,
    form: Format,
    licences: Iterable[SourceLicence],
    *,
    private: bool = False,
) -> TableExport:
    """What was written: a file for each table of core and mart, all of one generation.

    The folder is there and empty. Beside the tables stand `README.md` and
    `manifest.json`.

    Args:
        home: of the warehouse.
        folder: to write to.
        licences: of the sources.
        form: of the files; in csv lists and structs are JSON text.
        private: the tables of the schema private, too.

    Raises:
        WarehouseFault: there is no warehouse, or it cannot be read; or a table does not
            fit into the format.
    """
    schemas = [*PUBLIC, PRIVATE] if private else list(PUBLIC)
    with reading(home) as con:
        tables = con.execute(named("export_tables"), {"schemas": schemas}).fetchall()
        run_id, finished_at = (
            con.execute(named("report_as_of")).fetchone() or (None,) * 2
        )
        stated = con.execute(named("export_licences"), {"work_ids": None}).fetchall()
        done = TableExport(
            format=form,
            run_id=run_id,
            finished_at=finished_at,
            tables=tuple(_export_table(con, folder, form, table) for table in tables),
            source_licences=tuple(licences),
            statement_licences=tuple(
                StatementLicence(licence=licence, statement_count=count)
                for licence, count in stated
            ),
        )
    (folder / README).write_text(table_readme(done), encoding="utf-8")
    text = orjson.dumps(
        done.model_dump(mode="json"),
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )
    (folder / MANIFEST).write_bytes(text)
    return done


def is_table_export(folder: Path) -> bool:
    """Whether a folder holds the files of an export, and nothing else."""
    try:
        text = (folder / MANIFEST).read_bytes()
        done = TableExport.model_validate_json(text)
    except (OSError, ValueError):
        return False
    written = {MANIFEST, README, *(table.file for table in done.tables)}
    return all(path.name in written for path in folder.iterdir())


def _export_table(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    form: Format,
    table: tuple[str, str, str],
) -> ExportedTable:
    schema, name, comment = table
    path = folder / f"{schema}.{name}.{form}"
    sql = sql_text("queries/export_table.sql", schema=schema, table=name)
    found = con.sql(sql)
    rows = QueryResult(
        columns=tuple(found.columns),
        types=tuple(str(type_) for type_ in found.types),
        private=(),
        con=con,
        reader=found.to_arrow_reader(_BATCH_ROWS),
    )
    try:
        with path.open("wb") as stream:
            row_count = export(rows, form, stream)
    except pa.ArrowException as err:
        raise WarehouseFault(
            f"{schema}.{name} does not fit into {form}: {err}"
        ) from err
    return ExportedTable(
        table=f"{schema}.{name}",
        file=path.name,
        row_count=row_count,
        size_bytes=path.stat().st_size,
        sha256=_sha256(path),
        comment=comment,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
