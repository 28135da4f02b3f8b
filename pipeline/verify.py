"""verify: adds up what is published and holds it against the archive, changing nothing.

The tables are read in the published file; every archived body of a finished run is
hashed again, and must be the one that `core.fetch` speaks of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.archive import Archive
from pipeline.archive_keeping import pruned_runs
from pipeline.errors import WarehouseError
from schemas.verification import Audited, Verification
from warehouse.connection import published_file, reading
from warehouse.errors import WarehouseFault
from warehouse.verify import (
    answer_checksums,
    checked,
    finished_runs,
    sums,
    verdicts,
)

SAMPLE_ROWS: Final = 20
"""Damaged or missing answers that are named; all are counted."""

_RESTORE: Final = "restore the file from a backup, then run `citehouse rebuild`"
_REBUILD: Final = "run `citehouse rebuild`: it loads all that the archive holds"


def verify(home: Path) -> Verification:
    """Audit the published warehouse of a home.

    Raises:
        WarehouseError: there is none, or it cannot be opened.
    """
    try:
        with reading(home) as con:
            path = published_file(home)
            assert path is not None  # noqa: S101 - it has just been opened
            archive = Archive(home)
            loaded = finished_runs(con)
            compared = _Compared()
            pruned = {run.run_id for run in pruned_runs(home)}
            for run_id in loaded:
                if run_id in pruned:
                    continue  # on purpose, and `archive/pruned.jsonl` says so
                compared.take(run_id, answer_checksums(con, run_id), archive)
            begun = archive.runs()
            compared.left_out = [
                (run.run_id,)
                for run in begun
                if run.finished_at and run.run_id not in loaded
            ]
            return Verification(
                published_path=path,
                sums=tuple(sums(con)),
                audited=(*checked(con), *compared.audited(len(loaded.keys() - pruned))),
                verdicts=tuple(verdicts(con)),
                pruned_runs=tuple(sorted(loaded.keys() & pruned)),
                unfinished_runs=tuple(
                    run.run_id for run in begun if not run.finished_at
                ),
            )
    except WarehouseFault as err:
        raise WarehouseError(str(err)) from err


_Rows = list[tuple[Any, ...]]


@dataclass
class _Compared:
    """What differs between the archive and `core.fetch`, over the runs taken so far."""

    examined: int = 0
    damaged: _Rows = field(default_factory=list)
    unreadable: _Rows = field(default_factory=list)
    not_loaded: _Rows = field(default_factory=list)
    not_archived: _Rows = field(default_factory=list)
    left_out: _Rows = field(default_factory=list)

    def take(
        self, run_id: str, loaded: Mapping[tuple[str, str], str], archive: Archive
    ) -> None:
        """Hold one run's answers against those that were loaded."""
        open_ = dict(loaded)
        try:
            for source, key, written, anew in archive.checksums(run_id):
                self.examined += 1
                if written != anew:
                    self.damaged.append((run_id, source, key, written))
                if open_.pop((source, key), None) != written:
                    self.not_loaded.append((run_id, source, key, written))
        except WarehouseError as err:
            self.unreadable.append((run_id, str(err)))
            return
        self.not_archived += [
            (run_id, source, key, sha256) for (source, key), sha256 in open_.items()
        ]

    def audited(self, run_count: int) -> Iterator[Audited]:
        """The five things that should hold between archive and warehouse."""
        answer = ("run_id", "source", "request_key", "sha256")
        yield _audited(
            "archive_is_readable",
            "The archive of every finished run can be read.",
            (run_count, self.unreadable, ("run_id", "problem"), _RESTORE),
        )
        yield _audited(
            "archive_is_undamaged",
            "Every archived body still has the checksum that it was written with.",
            (self.examined, self.damaged, answer, _RESTORE),
        )
        yield _audited(
            "archive_is_loaded",
            "Every archived answer of a finished run is in core.fetch, byte for byte.",
            (self.examined, self.not_loaded, answer, _REBUILD),
        )
        yield _audited(
            "fetch_is_archived",
            "Every answer in core.fetch of a finished run is in the archive.",
            (self.examined, self.not_archived, answer, _RESTORE),
        )
        yield _audited(
            "finished_runs_are_loaded",
            "Every finished run of the archive is in the warehouse.",
            (run_count, self.left_out, ("run_id",), _REBUILD),
        )


def _audited(
    name: str, says: str, found: tuple[int, _Rows, tuple[str, ...], str]
) -> Audited:
    examined, rows, columns, advice = found
    return Audited(
        name=name,
        says=says,
        examined=examined,
        row_count=len(rows),
        columns=columns if rows else (),
        sample=tuple(rows[:SAMPLE_ROWS]),
        advice=advice if rows else None,
    )
