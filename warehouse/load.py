"""load: staged Parquet folders into the ``staging`` schema, set by set.

Loading is idempotent and does not depend on order: of two versions of a record the
newer run wins, then the complete one, then the larger content hash, whichever came
first.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from schemas.provenance import RunManifest
from warehouse.sqlfile import sql_text
from warehouse.staged import TABLES

_STEPS: Final = (
    "run",
    "answer",
    "reference_version",
    "sighting",
    "work_record",
    "reference_run",
    "reject_record",
    "absent_record",
)
"""Files of ``sql/load``, in order: which answers are taken is decided first."""

_NEWEST: Final = {
    "citation": ("record_key", "content_hash"),
    "agency": ("prefix", "fetched_at"),
    "count": ("doi", "fetched_at"),
    "identifier": ("record_key", "fetched_at"),
    "look_up": ("record_key", "fetched_at"),
    "full_text": ("record_key", "fetched_at"),
}
"""Records of which the newest is kept as it is: the column that names one beside its
source, and the one that decides within a run. Steps of their own, in any order."""

_KEPT_ONCE: Final = {
    "staging.work_record",
    *(f"staging.{name}_record" for name in _NEWEST),
}
"""Of these a record is there once, as the newest run had it, with who had it first."""

_FILLED: Final = (
    "core.run",
    "core.source_drift",
    "staging.absent_record",
    "staging.answer",
    "staging.extracted_statement",
    "staging.extraction",
    "staging.reference_run",
    "staging.reject_record",
    "staging.run_doi",
    "staging.sighting",
    "staging.work_record",
    *(f"staging.{name}_record" for name in _NEWEST),
)
"""The tables that hold what was received, each row from some run."""

_PLACE: Final = [
    pa.field("filename", pa.string()),
    pa.field("file_row_number", pa.int64()),
]
"""What DuckDB adds to a Parquet row: tells apart rows that are otherwise equal."""


def load_staged(
    con: duckdb.DuckDBPyConnection,
    staged_dirs: Sequence[Path],
    manifest: RunManifest,
) -> None:
    """Load the staged folders of one run, in one transaction.

    A folder may lack files: no such file, no such rows. Loading a folder again, or a
    part of a run after another, leads to the same tables.

    Args:
        con: a writing connection to a migrated file.
        staged_dirs: folders with files as in `warehouse.staged`.
        manifest: the run that they belong to; needs no folders to be recorded.

    Raises:
        duckdb.Error: a file cannot be read, or has other columns.
    """
    folders = sorted({folder.resolve() for folder in staged_dirs})
    con.begin()
    try:
        con.register("incoming_run", _run_table(manifest))
        con.register("incoming_run_doi", _run_doi_table(manifest))
        for name, schema in TABLES.items():
            _register(con, name, schema, folders)
        for step in _STEPS:
            con.execute(sql_text(f"load/{step}.sql"))
        for name, (key, rank) in _NEWEST.items():
            con.execute(_newest_step(name, key, rank))
    except BaseException:
        con.rollback()
        raise
    con.commit()
    for name in ("run", "run_doi", *TABLES):
        con.unregister(f"incoming_{name}")


def forget_loaded(con: duckdb.DuckDBPyConnection, run_ids: Collection[str]) -> None:
    """Remove what these runs have brought, to load them again.

    What other runs have brought stays; that it was there before these runs, too. The
    tables that are made of it all are left as they are, so that building them again
    tells what has become different.
    """
    runs = {"run_ids": sorted(run_ids)}
    con.execute(sql_text("load/give_back_reference.sql"), runs)
    for table in _FILLED:
        if table in _KEPT_ONCE:
            con.execute(sql_text("load/give_back.sql", table=table), runs)
        con.execute(sql_text("load/forget.sql", table=table), runs)


def loaded_runs(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The runs that this file has taken in whole: those whose end it knows."""
    rows = con.execute(sql_text("load/loaded_runs.sql")).fetchall()
    return {run_id for (run_id,) in rows}


def _newest_step(name: str, key: str, rank: str) -> str:
    table, incoming = f"{name}_record", f"incoming_{name}"
    return sql_text(
        "load/newest_record.sql", table=table, incoming=incoming, key=key, rank=rank
    )


def _register(
    con: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, folders: list[Path]
) -> None:
    places = [folder / f"{name}.parquet" for folder in folders]
    paths = [str(place) for place in places if place.exists()]
    if paths:
        rows = con.read_parquet(paths, filename=True, file_row_number=True)
        con.register(f"incoming_{name}", rows)
    else:
        con.register(f"incoming_{name}", pa.schema([*schema, *_PLACE]).empty_table())


def _run_table(manifest: RunManifest) -> pa.Table:
    time = pa.timestamp("us", tz="UTC")
    return pa.table(
        {
            "run_id": pa.array([manifest.run_id], pa.string()),
            "started_at": pa.array([manifest.started_at], time),
            "finished_at": pa.array([manifest.finished_at], time),
            "version": pa.array([manifest.version], pa.string()),
            "command": pa.array([manifest.command], pa.string()),
            "sources": pa.array([sorted(manifest.sources)], pa.list_(pa.string())),
            "requested_doi_count": pa.array([len(manifest.dois)], pa.int64()),
        }
    )


def _run_doi_table(manifest: RunManifest) -> pa.Table:
    typed = [manifest.requested.get(doi, doi) for doi in manifest.dois]
    asked = [sorted(manifest.sources_of(doi)) for doi in manifest.dois]
    reasons = [
        [manifest.asked.get(doi, {}).get(source) for source in sources]
        for doi, sources in zip(manifest.dois, asked, strict=True)
    ]
    return pa.table(
        {
            "run_id": pa.array([manifest.run_id] * len(typed), pa.string()),
            "doi": pa.array(manifest.dois, pa.string()),
            "requested_as": pa.array(typed, pa.string()),
            "sources": pa.array(asked, pa.list_(pa.string())),
            "reasons": pa.array(reasons, pa.list_(pa.string())),
        }
    )
