"""The full-text index of statements: an SQLite file beside its generation.

DuckDB's own full-text search is an extension that is fetched from the network; FTS5 is
part of the SQLite that comes with Python. The index holds words and places, not the
statements: it gives their ids, by which they are found in the warehouse. It has the
name of its generation, so the one symbolic link that is swapped swaps both.

Source: https://sqlite.org/fts5.html, read 2026-11-23.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import duckdb

from warehouse.sqlfile import sql_text

SUFFIX: Final = ".search.sqlite"

_BATCH_ROWS: Final = 20_000
"""A few MB of sentences."""

_PRAGMAS: Final = ("pragma journal_mode = off", "pragma synchronous = off")
"""Of a file in the making: it is put in place whole, or not at all."""


def index_of(generation: Path) -> Path:
    """Where the index of a generation is."""
    return generation.with_name(generation.name + SUFFIX)


def write_index(
    con: duckdb.DuckDBPyConnection, path: Path, *, before: Path | None
) -> None:
    """Write the index of the statements in a file that is being built.

    Args:
        con: to that file.
        path: of the index; must not be there.
        before: the generation that is published; its index is taken over if it is of
            the same statements. None: there is none.
    """
    fingerprint = _fingerprint(con)
    old = index_of(before) if before else None
    if old and old.exists() and _is_of(old, fingerprint):
        shutil.copyfile(old, path)
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as index:
        for pragma in _PRAGMAS:
            index.execute(pragma)
        index.executescript(sql_text("search/index.sql"))
        index.execute("begin")
        for rows in _batches(con):
            places = (row[:3] for row in rows)
            words = ((place, text) for place, _, _, text in rows)
            index.executemany(sql_text("search/add_place.sql"), places)
            index.executemany(sql_text("search/add_words.sql"), words)
        index.execute(sql_text("search/add_fingerprint.sql"), (fingerprint,))
        index.execute("commit")
        index.execute(sql_text("search/optimize.sql"))


def _fingerprint(con: duckdb.DuckDBPyConnection) -> str:
    """Tells one set of statements from another: an id is a hash of what it stands for.

    The statements of a rebuilt warehouse may have other neighbours; these are not in
    the index.
    """
    row = con.execute(sql_text("search/fingerprint.sql")).fetchone()
    return str(row[0]) if row else ""


def _is_of(path: Path, fingerprint: str) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as index:
            row = index.execute(sql_text("search/is_of.sql")).fetchone()
    except sqlite3.Error:
        return False  # damaged, or of another version: it is made anew
    return row is not None and row[0] == fingerprint


def _batches(con: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[object, ...]]]:
    rows = con.cursor().execute(sql_text("search/statements.sql"))
    while batch := rows.fetchmany(_BATCH_ROWS):
        yield batch
