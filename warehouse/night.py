"""What a night reads of the published warehouse before it asks anybody."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

import duckdb
import pyarrow as pa

from schemas.night import Sign, Watermark
from warehouse.connection import open_readonly, published_file
from warehouse.sqlfile import sql_text

_SIGNS: Final = Watermark._fields.index("signs")


def watermarks(home: Path, dois: Sequence[str]) -> list[Watermark]:
    """How far the warehouse is with some DOIs; by source, then DOI.

    A source that was never asked about a DOI has no watermark of it; nothing published
    yet: none at all.

    Raises:
        WarehouseFault: the published file cannot be opened, or is of another version.
    """
    if published_file(home) is None:
        return []
    with open_readonly(home) as con:
        con.register("wanted", _wanted(dois))
        con.execute(sql_text("night/undescribed.sql"))
        rows = con.execute(sql_text("night/watermarks.sql")).fetchall()
    return [
        Watermark(*row)._replace(
            signs=tuple(Sign(*sign.values()) for sign in row[_SIGNS])
        )
        for row in rows
    ]


class Described:
    """Who has described which citing works lately; thread safe.

    Args:
        con: to the published warehouse, for this use alone.
        since: what was described before is too old.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, since: dt.datetime) -> None:
        con.execute(sql_text("night/described.sql"), {"since": since})
        con.execute(sql_text("night/undescribed.sql"))
        self._con = con
        self._turn = Lock()  # a cursor of its own would not see the temporary table

    def citing(self, dois: Sequence[str]) -> list[tuple[list[str], list[str]]]:
        """The known citing works of some cited DOIs: their tokens, and the sources."""
        with self._turn:
            self._con.register("wanted", _wanted(dois))
            found = self._con.execute(sql_text("night/described_of.sql")).fetchall()
        return [(tokens, sources) for tokens, sources in found]

    def unanswered(self, dois: Sequence[str]) -> list[list[str]]:
        """The names of those that some source could not be asked about."""
        with self._turn:
            self._con.register("wanted", _wanted(dois))
            found = self._con.execute(sql_text("night/undescribed_of.sql")).fetchall()
        return [tokens for (tokens,) in found]


@contextmanager
def described(home: Path, since: dt.datetime) -> Iterator[Described | None]:
    """What is known of citing works in the published warehouse; None: there is none.

    Raises:
        WarehouseFault: as `watermarks`.
    """
    if published_file(home) is None:
        yield None
        return
    with open_readonly(home) as con:
        yield Described(con, since)


def _wanted(dois: Sequence[str]) -> pa.Table:
    return pa.table({"doi": pa.array(dois, pa.string())})
