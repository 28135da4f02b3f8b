"""Connections for a server that stays up while generations come and go.

One instance of DuckDB holds the published file open; each request gets a connection of
its own to it. The citing sides that were looked at last stay laid out, so that a filter
does not read the large tables again. When another generation is published, the next
request opens that one.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from schemas.cited_report import CitedReport
from schemas.slice import View
from warehouse.connection import nothing_published, open_readonly, published_file
from warehouse.report.cited import described_work, with_view
from warehouse.report.side import lay_out
from warehouse.report.slicing import slice_rows

MEMORY: Final = "192MB"
"""Of DuckDB; Python, the page templates and the charts need about as much again."""

_SIDES_KEPT: Final = 16
"""Works whose citing side stays laid out; one with 10,000 citing works has 10 MB."""


@dataclass
class _Side:
    """A connection with one citing side laid out; one request at a time uses it.

    Attributes:
        base: the report without a view; None: nothing is laid out yet.
    """

    con: duckdb.DuckDBPyConnection
    lock: threading.Lock = field(default_factory=threading.Lock)
    base: CitedReport | None = None


@dataclass
class _Generation:
    """A published file that is open, and who uses it.

    DuckDB closes with a connection those that were made from it, so this one is closed
    when the last request is done that began with it.

    Attributes:
        sides: by DOI, the one that was looked at last at the end.
        user_count: requests under way.
    """

    path: Path
    root: duckdb.DuckDBPyConnection
    sides: OrderedDict[str, _Side] = field(default_factory=OrderedDict)
    user_count: int = 0

    def side(self, doi: str) -> _Side:
        """The citing side of a work, laid out or to be laid out."""
        side = self.sides.pop(doi, None) or _Side(self.root.cursor())
        self.sides[doi] = side
        while len(self.sides) > _SIDES_KEPT:
            self.sides.popitem(last=False)
        return side


class Readers:
    """Gives out connections to the published generation.

    Attributes:
        home: of the warehouse.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._lock = threading.Lock()
        self._open: _Generation | None = None

    @contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of the caller's own.

        Raises:
            WarehouseFault: nothing is published, or it cannot be opened.
        """
        with self._using() as generation:
            with self._lock:
                con = generation.root.cursor()
            try:
                yield con
            finally:
                con.close()

    def report(self, doi: str, view: View) -> CitedReport:
        """The report of a cited work.

        Args:
            doi: normalised.
            view: what of it is shown.

        Raises:
            NotHeld: nobody has asked this warehouse about it.
            ValueError: of the view's words none can be looked for.
            WarehouseFault: nothing is published, or it cannot be read.
        """
        with self._laid_out(doi) as (con, base):
            return with_view(con, base, view)

    def rows(self, doi: str, view: View) -> pa.Table:
        """All that a view of the report lists; see `slice_rows`.

        Errors as of `report`. No rows where nothing about the work was received.
        """
        with self._laid_out(doi) as (con, base):
            if base.work_id is None:
                return pa.table({})
            return slice_rows(con, base.work_id, base.doi, view)

    @contextmanager
    def _laid_out(
        self, doi: str
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, CitedReport]]:
        """A work's citing side, held for the block alone."""
        with self._using() as generation:
            with self._lock:
                side = generation.side(doi)
            with side.lock:
                if side.base is None:
                    base = described_work(side.con, doi)
                    if base.work_id is not None:
                        lay_out(side.con, base.work_id)
                    side.base = base
                yield side.con, side.base

    @contextmanager
    def _using(self) -> Iterator[_Generation]:
        """The published generation, kept open as long as the block runs."""
        with self._lock:
            generation = self._current()
            generation.user_count += 1
        try:
            yield generation
        finally:
            with self._lock:
                generation.user_count -= 1
                self._close_unless_used(generation)

    def _current(self) -> _Generation:
        path = published_file(self.home)
        if path is None:
            raise nothing_published(self.home)
        before = self._open
        if before is not None and before.path == path:
            return before
        self._open = _Generation(path, open_readonly(self.home, memory_limit=MEMORY))
        if before is not None:
            self._close_unless_used(before)
        return self._open

    def _close_unless_used(self, generation: _Generation) -> None:
        if generation is not self._open and not generation.user_count:
            generation.sides.clear()
            generation.root.close()
