"""load, match, merge, aggregate, check, publish: from staged records to a generation.

All of it works on the next generation of the warehouse, a file that nobody reads yet;
only when every check has passed does it take the place of the published one.
"""

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.alerts.messages import fill_outbox
from pipeline.archive import Archive
from pipeline.archive_keeping import pruned_runs
from pipeline.corrections import FILE as CORRECTION_FILE
from pipeline.corrections import write_verdicts
from pipeline.drift import drift_of
from pipeline.errors import WarehouseError
from pipeline.extraction.fill import Extracting
from pipeline.identity_decisions import FILE as IDENTITY_FILE
from pipeline.restage import restage
from pipeline.settings import Settings
from pipeline.sources import all_sources
from pipeline.stance.fill import Judging
from pipeline.who_is_who import write_who_is_who
from schemas.identity import IdentityDecision
from schemas.provenance import RunManifest
from schemas.report import Observer, Progress
from warehouse.build import build
from warehouse.check import run_checks
from warehouse.connection import can_be_carried_on, published_file
from warehouse.drift import drift_sample, write_drift
from warehouse.errors import DamagedWarehouse, WarehouseFault
from warehouse.generation import next_generation
from warehouse.history import Publication, close, log_change, next_publication
from warehouse.load import forget_loaded, load_staged, loaded_runs


@dataclass(frozen=True)
class StagedRun:
    """A run with the folders of its staged records."""

    manifest: RunManifest
    folders: tuple[Path, ...]


def build_generation(  # noqa: PLR0913 - what it begins with, each named once
    settings: Settings,
    archive: Archive,
    staged: Sequence[StagedRun],
    observe: Observer,
    *,
    anew: bool = False,
    name: str | None = None,
    command: str | None = None,
) -> Path:
    """Load staged runs, derive every table, check, and publish; returns the file.

    Runs that are finished in the archive but not in the warehouse (a machine that
    stopped between the two) are loaded, too.

    Args:
        settings: home and memory limit.
        archive: of the same home.
        staged: runs to load, in order of time.
        observe: told of each stage.
        anew: forget what was loaded of these runs before. Where nothing is published
            that could be compared with, each run becomes a publication of its own, so
            that the past nights are there again.
        name: of the generation; None: that of the last staged run.
        command: what this is for the history; None: that of the last staged run.

    Raises:
        WarehouseError: the warehouse cannot be written, or a check has failed; what
            was published before is untouched.
    """
    home = settings.home
    making = _Making(settings, archive, tuple(staged), observe, anew=anew, name=name)
    try:
        if not anew:
            return making.make(command, from_nothing=published_file(home) is None)
        if not can_be_carried_on(home):
            return making.make(command, from_nothing=True)
        try:
            return making.make(command, from_nothing=False)
        except DamagedWarehouse as err:
            observe(Progress("load", 0, None, f"all anew: {err}"))
            return making.make(command, from_nothing=True)
    except WarehouseFault as err:
        raise WarehouseError(str(err)) from err


@dataclass(frozen=True)
class _Making:
    """What a generation is made of; see `build_generation`."""

    settings: Settings
    archive: Archive
    staged: tuple[StagedRun, ...]
    observe: Observer
    anew: bool
    name: str | None

    def make(self, command: str | None, *, from_nothing: bool) -> Path:
        """Build and publish; `from_nothing`: not from a copy of what is published."""
        settings = self.settings
        if from_nothing:
            _must_lose_nothing(settings.home)
        decisions = IDENTITY_FILE.read(settings.home)
        verdicts = CORRECTION_FILE.read(settings.home)
        with next_generation(
            settings.home,
            self.name or self.staged[-1].manifest.run_id,
            memory_limit=settings.memory_limit,
            threads=settings.database_threads,
            from_nothing=from_nothing,
        ) as generation:
            con = generation.con
            here = loaded_runs(con)
            if self.anew:
                forget_loaded(con, {run.manifest.run_id for run in self.staged})
            for night, made_by in self._publications(con, here, command):
                _load(con, self.archive, night, self.observe)
                write_verdicts(con, verdicts)
                publication = self._derive(con, night, decisions, made_by)
                fill_outbox(con, settings.home, publication)
            self.observe(Progress("check", 0, None, "do the numbers add up?"))
            _check(con)
            self.observe(Progress("publish", 0, None, "swap"))
        return generation.path

    def _derive(
        self,
        con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
        staged: Sequence[StagedRun],
        decisions: Sequence[IdentityDecision],
        command: str | None,
    ) -> Publication:
        """Every table from what is loaded, and what has changed in them."""
        self.observe(Progress("match", 0, None, "identifiers"))
        write_who_is_who(con, decisions)
        self.observe(Progress("aggregate", 0, None, "core and mart tables"))
        publication = next_publication(
            con,
            at=_ended_at(staged),
            command=command or (staged[-1].manifest.command if staged else "works"),
            version=version("citehouse"),
        )
        log = partial(log_change, con, publication)
        written = build(
            con,
            None if publication.is_first else log,
            [
                Extracting(self.archive, self.observe).filling(),
                Judging(self.observe).filling(),
            ],
        )
        close(con, publication, written)
        return publication

    def _publications(
        self,
        con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
        here: Set[str],
        command: str | None,
    ) -> list[tuple[list[StagedRun], str | None]]:
        """The runs of each publication to be made, and what makes it.

        What none has taken in before becomes one of its own, by its own command, in the
        order in which the runs ended.
        """
        alone = _left_out(self.settings, self.archive, con, self.staged)
        again = list(self.staged)
        if self.anew:
            alone += [run for run in again if run.manifest.run_id not in here]
            again = [run for run in again if run.manifest.run_id in here]
        each = [([run], None) for run in sorted(alone, key=_ended)]
        together = [(again, command)] if again or not each else []
        return [*together, *each] if self.anew else [*each, *together]


def _must_lose_nothing(home: Path) -> None:
    """What pruned runs have brought is in the warehouse alone: it must be there."""
    if gone := pruned_runs(home):
        raise WarehouseError(
            f"the warehouse of {home} is not there or cannot be carried on, and the"
            f" archive alone does not give it again: {len(gone):,} of its runs were"
            " pruned. Restore citehouse.duckdb and generations/ from a backup; or, to"
            " do without these runs for good, remove archive/pruned.jsonl"
        )


def _ended(run: StagedRun) -> dt.datetime:
    return run.manifest.finished_at or run.manifest.started_at


def _load(
    con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
    archive: Archive,
    staged: Sequence[StagedRun],
    observe: Observer,
) -> None:
    for run in staged:
        observe(Progress("load", 0, None, run.manifest.run_id))
        load_staged(con, run.folders, run.manifest)
        _write_drift(con, archive, run.manifest.run_id)


def _ended_at(staged: Sequence[StagedRun]) -> dt.datetime | None:
    """When the newest of these runs ended; None: there is none."""
    ends = [run.manifest.finished_at for run in staged if run.manifest.finished_at]
    return max(ends, default=None)


def _write_drift(
    con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
    archive: Archive,
    run_id: str,
) -> None:
    write_drift(con, run_id, drift_of(archive, run_id, drift_sample(con, run_id)))


def _left_out(
    settings: Settings,
    archive: Archive,
    con: Any,  # noqa: ANN401 - the type is DuckDB's, which stays in warehouse/
    staged: Sequence[StagedRun],
) -> list[StagedRun]:
    here = loaded_runs(con) | {run.manifest.run_id for run in staged}
    return [
        StagedRun(
            run,
            (
                restage(
                    archive,
                    run.run_id,
                    settings.home / "staging" / run.run_id / "archived",
                    all_sources(),
                ),
            ),
        )
        for run in archive.runs()
        if run.finished_at and run.run_id not in here
    ]


def _check(con: Any) -> None:  # noqa: ANN401 - as above
    failures = [failure for failure in run_checks(con) if failure.level == "fail"]
    if failures:
        found = "; ".join(f"{one.name}: {one.row_count} rows" for one in failures)
        raise WarehouseError(
            f"the numbers do not add up, nothing was published: {found}. "
            "The raw answers are kept; `citehouse rebuild` tries again."
        )
