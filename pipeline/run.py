"""The order of the stages, written once for every door: command line, flows, library.

    fetch -> archive -> parse -> load -> match -> merge -> aggregate -> check -> publish

`refresh` asks the sources and ends with a published warehouse; `rebuild` makes the same
warehouse from the archive alone. Both end with a report whose numbers are read back
from what was published.
"""

import datetime as dt
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pipeline.archive import Archive
from pipeline.cited_dois import normalise_all
from pipeline.decision_log import taken_up
from pipeline.errors import ConfigError, WarehouseError
from pipeline.fetch import Fetcher
from pipeline.generation import StagedRun, build_generation
from pipeline.home import faults_of_the_disk, only_run, staging_folder
from pipeline.http import Client
from pipeline.memory import for_records
from pipeline.restage import restage
from pipeline.run_report import Asking, run_report
from pipeline.settings import Settings
from pipeline.sources import all_sources
from pipeline.sources.base import Source
from pipeline.step import Step, call_directly
from schemas.provenance import RunManifest, run_id_at
from schemas.report import Observer, Progress, RunReport
from warehouse.connection import known_agencies

RESUME_WITHIN: Final = dt.timedelta(hours=24)
"""An interrupted run is taken up again within a day; later its answers are too old to
stand beside new ones, and everything is asked anew."""


def unobserved(_: Progress, /) -> None:
    """Takes no note of progress."""


def refresh(
    dois: Sequence[str],
    settings: Settings,
    *,
    step: Step = call_directly,
    observe: Observer = unobserved,
) -> RunReport:
    """Fetch, load and publish what is known of some works and of what cites them.

    A source that fails does not stop the run: what it could not say is `failed` in the
    report and in the warehouse, never 0. A run of the same DOIs that was interrupted
    within the last day is taken up where it stopped.

    Args:
        dois: in any notation; order and repetition do not matter.
        settings: where and how.
        step: how stages are called.
        observe: told how far the run is; called from several threads.

    Raises:
        UsageError: a text is not a DOI, or there is none.
        ConfigError: no source is enabled, or the home cannot be written.
        WarehouseError: the home is in use or damaged, or the numbers do not add up;
            what was published before stays as it is.
    """
    typed = normalise_all(dois)
    sources = _enabled(settings)
    home = settings.home
    with only_run(home), faults_of_the_disk(home), for_records():
        decisions = taken_up(home)  # before the network: their file may be broken
        archive = Archive(settings.home)
        manifest, is_taken_up = _begin(archive, typed, sources)
        with (
            Client(settings) as client,
            Fetcher(
                settings=settings,
                sources=sources,
                client=client,
                archive=archive,
                manifest=manifest,
                staging=staging_folder(settings.home) / manifest.run_id,
                agencies=known_agencies(settings.home),
                observe=observe,
            ) as fetcher,
        ):
            batches = _batches(manifest.dois, settings.batch_size)
            folders = step.map(fetcher.fetch_batch, batches)
            asking = Asking.of(client, fetcher.unanswered)
        if is_taken_up:
            # What was asked before the interruption need not be what was asked after.
            folders = [
                _Restaging(archive, staging_folder(settings.home)).folder_of(manifest)
            ]
        archive.seal(manifest.run_id)
        finished = manifest.model_copy(update={"finished_at": _now()})
        archive.finish(finished)
        staged = [StagedRun(finished, tuple(folders))]
        asking = replace(asking, warnings=(*asking.warnings, *decisions))
        published = step(build_generation, settings, archive, staged, observe)
        shutil.rmtree(staging_folder(settings.home), ignore_errors=True)
    return run_report(settings.home, published, finished, asking, sources)


def rebuild(
    settings: Settings,
    *,
    step: Step = call_directly,
    observe: Observer = unobserved,
) -> RunReport:
    """Make every table again from the archive, without the network.

    Reads all finished runs with today's parsers and publishes a new generation. The
    report is that of the newest run.

    Raises:
        ConfigError: the home cannot be written.
        WarehouseError: the archive is empty, in use or damaged.
    """
    home = settings.home
    archive = Archive(home)
    if not archive.runs():  # before the lock, which would make a mistyped home
        raise _nothing_to_rebuild(home)
    with only_run(home), faults_of_the_disk(home), for_records():
        runs = [run for run in archive.runs() if run.finished_at]
        if not runs:
            raise _nothing_to_rebuild(home)
        again = _Restaging(archive, staging_folder(settings.home))
        decisions = taken_up(home)
        staged = step.map(again.restage_run, runs)
        published = step(
            build_generation, settings, archive, staged, observe, from_nothing=True
        )
        shutil.rmtree(staging_folder(settings.home), ignore_errors=True)
    asking = Asking(warnings=decisions)
    return run_report(settings.home, published, runs[-1], asking, all_sources())


def republish(settings: Settings, name: str, *, observe: Observer = unobserved) -> Path:
    """Derive every table again from what the published generation has staged.

    The caller holds `only_run`. No network, no parsing; returns the published file.

    Args:
        settings: home and memory limit.
        name: of the new generation.
        observe: told of each stage.

    Raises:
        WarehouseError: as `build_generation`.
    """
    archive = Archive(settings.home)
    return build_generation(settings, archive, [], observe, name=name)


def _nothing_to_rebuild(home: Path) -> WarehouseError:
    where = f"the archive of {home}"
    if not home.is_dir():
        where = f"{home}, there is no such folder"
    return WarehouseError(
        f"rebuild: no finished run in {where}: check --home and CITEHOUSE_HOME, or run "
        "`citehouse refresh DOI` first"
    )


@dataclass(frozen=True)
class _Restaging:
    archive: Archive
    staging: Path

    def restage_run(self, run: RunManifest) -> StagedRun:
        return StagedRun(run, (self.folder_of(run),))

    def folder_of(self, run: RunManifest) -> Path:
        folder = self.staging / run.run_id / "archived"
        return restage(self.archive, run.run_id, folder, all_sources())


def _enabled(settings: Settings) -> dict[str, Source]:
    found = {
        name: source
        for name, source in all_sources().items()
        if settings.of(name).is_on(needs_key=source.needs_key)
    }
    if not found:
        raise ConfigError("every source is disabled: set CITEHOUSE_<SOURCE>__ENABLED")
    return found


def _begin(
    archive: Archive, typed: dict[str, str], sources: dict[str, Source]
) -> tuple[RunManifest, bool]:
    """The manifest of this run, and whether it is that of one that it takes up."""
    now = _now()
    manifest = RunManifest(
        run_id=run_id_at(now, secrets.token_hex(2)),
        started_at=now,
        dois=tuple(typed),
        requested={doi: text for doi, text in typed.items() if text != doi},
        sources=tuple(sources),
        version=version("citehouse"),
    )
    is_same = partial(_is_same_question, manifest)
    interrupted = [run for run in archive.runs() if is_same(run)]
    if interrupted:
        return interrupted[-1], True
    archive.begin(manifest)
    return manifest, False


def _is_same_question(new: RunManifest, old: RunManifest) -> bool:
    return (
        old.finished_at is None
        and new.started_at - old.started_at < RESUME_WITHIN
        and (old.dois, old.sources, old.version) == (new.dois, new.sources, new.version)
    )


def _batches(dois: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(dois[at : at + size]) for at in range(0, len(dois), size)]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
