"""A run under way: begun or taken up, asking, then published.

What every command that asks the sources has in common; `pipeline.run` says what each
of them asks.
"""

import datetime as dt
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypeAlias

from pipeline.alerts.sending import send_due
from pipeline.archive import Archive
from pipeline.decision_log import taken_up
from pipeline.errors import ConfigError
from pipeline.fetch import Fetcher
from pipeline.generation import StagedRun, build_generation
from pipeline.home import faults_of_the_disk, only_run, staging_folder
from pipeline.http import Client
from pipeline.memory import for_records
from pipeline.night.nightly import planned, planner_of
from pipeline.restage import restage
from pipeline.run_report import Asking, run_report
from pipeline.settings import Settings
from pipeline.sources import all_sources
from pipeline.sources.base import Source
from pipeline.step import Step
from schemas.provenance import RunCommand, RunManifest, run_id_at
from schemas.report import Observer, Progress, RunReport
from warehouse.connection import is_behind, known_agencies, published_runs
from warehouse.full_texts import held_texts
from warehouse.night import Described, described

RESUME_WITHIN: Final = dt.timedelta(hours=24)
"""An interrupted run is taken up again within a day; later its answers are too old to
stand beside new ones, and everything is asked anew."""

DESCRIBED_WITHIN: Final = dt.timedelta(days=28)
"""A citing work that a source has described so lately is not asked about again only
because the list that it stands in has grown. The rounds of the cited works have the
same length, so that what a source corrects is known within two months."""

Clock: TypeAlias = Callable[[], dt.datetime]


def unobserved(_: Progress, /) -> None:
    """Takes no note of progress."""


def utc_now() -> dt.datetime:
    """The time, with its zone."""
    return dt.datetime.now(dt.UTC)


def enabled_sources(settings: Settings) -> dict[str, Source]:
    """The sources that a run asks, by name.

    Raises:
        ConfigError: every source is disabled.
    """
    found = {
        name: source
        for name, source in all_sources().items()
        if settings.of(name).is_on(needs_key=source.needs_key)
    }
    if not found:
        raise ConfigError("every source is disabled: set CITEHOUSE_<SOURCE>__ENABLED")
    return found


@dataclass(frozen=True)
class Restaging:
    """Reads the archived answers of runs again, into folders below `staging`."""

    archive: Archive
    staging: Path

    def restage_run(self, run: RunManifest) -> StagedRun:
        """A run with its records as today's parsers read them."""
        return StagedRun(run, (self.folder_of(run),))

    def folder_of(self, run: RunManifest) -> Path:
        """The folder of these records."""
        folder = self.staging / run.run_id / "archived"
        return restage(self.archive, run.run_id, folder, all_sources())


@dataclass
class Run:
    """A run under way: it asks first, then publishes.

    Attributes:
        manifest: what it asks; of a night first without its plan.
        is_taken_up: some of it was asked before it was interrupted.
        decisions: sentences on what people have decided since the last run.
        folders: with the staged records, of batches that are through.
        asked: what only the door to the network knows, once everything is asked.
    """

    settings: Settings
    sources: dict[str, Source]
    archive: Archive
    manifest: RunManifest
    is_taken_up: bool
    step: Step
    observe: Observer
    now: Clock
    decisions: tuple[str, ...]
    folders: list[Path] = field(default_factory=list)
    asked: Asking = field(default_factory=Asking)

    @contextmanager
    def asking(self) -> Iterator[Fetcher]:
        """Somebody who asks the sources, in this run's name."""
        home, manifest = self.settings.home, self.manifest
        with (
            Client(self.settings, now=self.now) as client,
            self._described() as known,
            held_texts(self.settings.home, self.manifest.started_at) as texts,
            Fetcher(
                settings=self.settings,
                sources=self.sources,
                client=client,
                archive=self.archive,
                manifest=manifest,
                staging=staging_folder(home) / manifest.run_id,
                agencies=known_agencies(home),
                observe=self.observe,
                described=known,
                texts=texts,
            ) as fetcher,
        ):
            if self.is_taken_up:
                self._count_spent(client)
            yield fetcher
            self.asked = Asking.of(client, fetcher.unanswered)

    def _count_spent(self, client: Client) -> None:
        """Charge what the run had asked before it was interrupted."""
        for raw in self.archive.answers(self.manifest.run_id):
            if source := self.sources.get(raw.source):
                path = raw.request_key.partition(" ")[2].partition("?")[0]
                spent = source.cost(path) * raw.attempts
                client.allowance(source).spend_before(spent)

    def _described(self) -> AbstractContextManager[Described | None]:
        if self.manifest.command != "nightly":
            return nullcontext()
        since = self.manifest.started_at - DESCRIBED_WITHIN
        return described(self.settings.home, since)

    def plan(self, fetcher: Fetcher, watched: Sequence[str]) -> None:
        """Look what has moved, and put down the plan before anything is asked by it."""
        self.observe(Progress("fetch", 0, None, "has anything moved?"))
        planner = planner_of(
            self.settings,
            self.sources,
            watched,
            archive=self.archive,
            now=self.manifest.started_at,
        )
        self.manifest = planned(self.manifest, planner, fetcher)
        self.folders += fetcher.looked
        self.archive.begin(self.manifest)
        fetcher.adopt(self.manifest)

    def ask(self, fetcher: Fetcher, batch_size: int) -> None:
        """Ask all that there is to ask."""
        batches = _batches(self.manifest.dois, batch_size)
        self.folders += self.step.map(fetcher.fetch_batch, batches)

    def publish(self) -> RunReport:
        """Load what was asked and publish what follows from it."""
        run_id, home = self.manifest.run_id, self.settings.home
        staging = staging_folder(home)
        if self.is_taken_up:
            # What was asked before the interruption need not be what was asked after.
            again = Restaging(self.archive, staging)
            self.folders = [again.folder_of(self.manifest)]
        self.archive.seal(run_id)
        finished = self.manifest.model_copy(update={"finished_at": self.now()})
        self.archive.finish(finished)
        staged = [StagedRun(finished, tuple(self.folders))]
        published = self.step(
            build_generation, self.settings, self.archive, staged, self.observe
        )
        shutil.rmtree(staging, ignore_errors=True)
        warnings = (*self.asked.warnings, *self.decisions)
        asking = replace(self.asked, warnings=warnings)
        report = run_report(home, published, finished, asking, self.sources)
        problems = send_due(home).problems
        return report.model_copy(update={"warnings": (*report.warnings, *problems)})


@contextmanager
def running(
    settings: Settings,
    sources: dict[str, Source],
    new: RunManifest,
    step: Step,
    observe: Observer,
    now: Clock,
) -> Iterator[Run]:
    """A run in a home that nobody else works in: a new one, or one to be taken up."""
    home = settings.home
    with only_run(home), faults_of_the_disk(home), for_records():
        decisions = taken_up(home)  # before the network: their file may be broken
        archive = Archive(home)
        left_out = unpublished(home, archive)
        manifest, is_taken_up = _begin(archive, new, left_out)
        if left_out - {manifest.run_id}:
            # What is asked next follows from what these have found.
            build_generation(settings, archive, [], observe, name=manifest.run_id)
        elif is_behind(home):
            build_generation(
                settings, archive, [], observe, name=manifest.run_id, command="upgrade"
            )
        yield Run(
            settings=settings,
            sources=sources,
            archive=archive,
            manifest=manifest,
            is_taken_up=is_taken_up,
            step=step,
            observe=observe,
            now=now,
            decisions=decisions,
        )


def new_manifest(
    command: RunCommand, sources: dict[str, Source], started_at: dt.datetime
) -> RunManifest:
    """The manifest of a run that begins, before it is known what it asks."""
    return RunManifest(
        run_id=run_id_at(started_at, secrets.token_hex(2)),
        started_at=started_at,
        dois=(),
        sources=tuple(sources),
        version=version("citehouse"),
        command=command,
    )


def unpublished(home: Path, archive: Archive) -> set[str]:
    """Runs that have asked everything, but were stopped before they were published."""
    here = published_runs(home)
    return {
        run.run_id
        for run in archive.runs()
        if run.finished_at and run.run_id not in here
    }


def _begin(
    archive: Archive, new: RunManifest, left_out: Set[str]
) -> tuple[RunManifest, bool]:
    """The manifest of this run, and whether it is that of one that it takes up.

    A night that only was not published is over: the next one follows it.
    """
    going_on = [
        run
        for run in archive.runs()
        if _is_same_question(new, run)
        and (
            run.finished_at is None
            or (run.run_id in left_out and run.command != "nightly")
        )
    ]
    if going_on:
        archive.begin(going_on[-1])  # one that has ended stays so until it ends anew
        return going_on[-1].model_copy(update={"finished_at": None}), True
    archive.begin(new)
    return new, False


def _is_same_question(new: RunManifest, old: RunManifest) -> bool:
    """Whether a run of the last day asks what a new one would; of nights, any does."""
    return (
        new.started_at - old.started_at < RESUME_WITHIN
        and (old.command, old.sources, old.version)
        == (new.command, new.sources, new.version)
        and (new.command == "nightly" or old.dois == new.dois)
    )


def _batches(dois: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(dois[at : at + size]) for at in range(0, len(dois), size)]
