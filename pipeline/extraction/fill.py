"""The part of a build that reads full texts: it fills the tables of extractions."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.archive import Archive
from pipeline.errors import WarehouseError
from pipeline.extraction.readers import read_all
from pipeline.extraction.reading import Found, Job
from pipeline.statements.extract import EXTRACTOR_VERSION
from schemas.report import Observer, Progress
from warehouse.build import Filling
from warehouse.extraction import (
    READS,
    TABLES,
    Row,
    TextToRead,
    add_extracted,
    count_texts_to_read,
    texts_to_read,
)

TEXTS_AT_ONCE: Final = 500
"""Whose rows are held before they are written: a few thousand sentences."""


@dataclass(frozen=True)
class Extracting:
    """Reads in the archive what the warehouse wants to know of full texts.

    Attributes:
        archive: that holds the texts.
        observe: told how far it is.
        processes: to read in; None: one a core.
    """

    archive: Archive
    observe: Observer
    processes: int | None = None

    def filling(self) -> Filling:
        """This, as a part of a build."""
        tables = frozenset(f"staging.{name}" for name in TABLES)
        return Filling(tables, READS, self.fill)

    def fill(self, con: Any) -> None:  # noqa: ANN401 - the type is DuckDB's
        """Look for cited works in full texts wherever nobody has looked yet."""
        there = [run.run_id for run in self.archive.runs()]
        count = count_texts_to_read(con, EXTRACTOR_VERSION, there)
        counted: Counter[str] = Counter()
        results = read_all(
            self._jobs(texts_to_read(con)),
            count=count,
            processes=self.processes or os.cpu_count() or 1,
        )
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        for number, (text, found) in enumerate(results, start=1):
            counted.update(one.outcome for one in found)
            for table, some in _rows(text, found).items():
                rows[table] += some
            if number % TEXTS_AT_ONCE == 0:
                add_extracted(con, rows)
                rows = {name: [] for name in TABLES}
                told = f"{counted['statements']:,} citations with statements"
                self.observe(Progress("extract", number, count, told))
        add_extracted(con, rows)

    def _jobs(self, texts: Iterable[TextToRead]) -> Iterator[tuple[TextToRead, Job]]:
        for text in texts:
            yield text, Job(self._body(text), text.cited)

    def _body(self, text: TextToRead) -> bytes | None:
        """The bytes of a text; None: the archive does not have them, or not whole."""
        try:
            raw = self.archive.find(text.run_id, text.source, text.request_key)
        except WarehouseError:
            return None  # `citehouse verify` tells of damage; here it costs a text
        return raw.body if raw and raw.sha256 == text.raw_sha256 else None


def _rows(text: TextToRead, found: Sequence[Found]) -> dict[str, list[Row]]:
    about = {
        "run_id": text.run_id,
        "raw_sha256": text.raw_sha256,
        "extractor_version": EXTRACTOR_VERSION,
    }
    return {
        "extraction": [
            about | {"cited_key": one.cited_key, "outcome": one.outcome, "why": one.why}
            for one in found
        ],
        "extracted_statement": [
            about | {"cited_key": one.cited_key} | statement
            for one in found
            for statement in one.statements
        ],
    }
