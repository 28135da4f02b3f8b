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

from schemas.cited_report import CitedReport
from schemas.slice import View
from warehouse.connection import nothing_published, open_readonly, published_file
from warehouse.report.cited import described_work, with_view
from warehouse.report.side import lay_out

MEMORY: Final = "256MB"
"""Of DuckDB; Python, the page templates and the charts need about as much again."""

_SIDES_KEPT: Final = 8
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


class Readers:
    """Gives out connections to the published generation.

    Attributes:
        home: of the warehouse.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._root: duckdb.DuckDBPyConnection | None = None
        self._sides: OrderedDict[str, _Side] = OrderedDict()

    @contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of the caller's own.

        Raises:
            WarehouseFault: nothing is published, or it cannot be opened.
        """
        with self._lock:
            con = self._current().cursor()
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
        side = self._side(doi)
        with side.lock:
            if side.base is None:
                base = described_work(side.con, doi)
                if base.work_id is not None:
                    lay_out(side.con, base.work_id)
                side.base = base
            return with_view(side.con, side.base, view)

    def close(self) -> None:
        """Let go of the warehouse."""
        with self._lock:
            self._forget()

    def _side(self, doi: str) -> _Side:
        with self._lock:
            root = self._current()
            side = self._sides.pop(doi, None) or _Side(root.cursor())
            self._sides[doi] = side
            while len(self._sides) > _SIDES_KEPT:
                self._sides.popitem(last=False)  # closed when its last user is done
            return side

    def _current(self) -> duckdb.DuckDBPyConnection:
        path = published_file(self.home)
        if path is None:
            raise nothing_published(self.home)
        if self._root is None or path != self._path:
            self._forget()
            self._root = open_readonly(self.home, memory_limit=MEMORY)
            self._path = path
        return self._root

    def _forget(self) -> None:
        self._sides.clear()
        if self._root is not None:
            self._root.close()
        self._root = self._path = None
