"""The order of the stages, written once for every door: command line, flows, library.

    fetch -> archive -> parse -> load -> match -> merge -> aggregate -> check -> publish

`refresh` asks the sources all about some works, `nightly` only what may have moved;
both end with a published warehouse. `rebuild` makes the same warehouse from the archive
alone. All end with a report whose numbers are read back from what was published.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pipeline.archive import Archive
from pipeline.cited_dois import normalise_all
from pipeline.decision_log import taken_up
from pipeline.errors import WarehouseError
from pipeline.generation import build_generation
from pipeline.home import faults_of_the_disk, only_run, staging_folder
from pipeline.memory import for_records
from pipeline.night.nightly import with_plan
from pipeline.night.plan import Due
from pipeline.run_report import Asking, run_report
from pipeline.running import (
    Clock,
    Restaging,
    enabled_sources,
    new_manifest,
    running,
    unobserved,
    unpublished,
    utc_now,
)
from pipeline.settings import Settings
from pipeline.sources import all_sources
from pipeline.step import Step, call_directly
from schemas.report import Observer, RunReport

NIGHTLY_BATCH: Final = 100
"""Cited DOIs fetched together in a night: few questions about each, so that batches
should fill those of the sources (up to 100)."""


def refresh(
    dois: Sequence[str],
    settings: Settings,
    *,
    step: Step = call_directly,
    observe: Observer = unobserved,
    now: Clock = utc_now,
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
        now: the clock by which runs are named and dated.

    Raises:
        UsageError: a text is not a DOI, or there is none.
        ConfigError: no source is enabled, or the home cannot be written.
        WarehouseError: the home is in use or damaged, or the numbers do not add up;
            what was published before stays as it is.
    """
    typed = normalise_all(dois)
    sources = enabled_sources(settings)
    new = new_manifest("refresh", sources, now()).model_copy(
        update={
            "dois": tuple(typed),
            "requested": {doi: text for doi, text in typed.items() if text != doi},
        }
    )
    with running(settings, sources, new, step, observe, now) as run:
        with run.asking() as fetcher:
            run.ask(fetcher, settings.batch_size)
        return run.publish()


def nightly(
    dois: Sequence[str],
    settings: Settings,
    *,
    step: Step = call_directly,
    observe: Observer = unobserved,
    now: Clock = utc_now,
) -> RunReport:
    """Ask where something has moved since the last time, load and publish.

    Looks up first, in large batches, what each source counts now; then asks all about
    the works of which this has changed, those that are new, those that failed, and a
    share of the others in turn. A night that was interrupted within the last day is
    taken up where it stopped, by its own plan.

    Args:
        dois: watched, in any notation.
        settings: where and how; budgets bound what is asked of a source.
        step: how stages are called.
        observe: told how far the night is; called from several threads.
        now: the clock by which nights are named and dated.

    Raises:
        UsageError, ConfigError, WarehouseError: as `refresh`.
    """
    watched = tuple(normalise_all(dois))
    sources = enabled_sources(settings)
    new = new_manifest("nightly", sources, now()).model_copy(
        update={"is_planned": False}
    )
    with running(settings, sources, new, step, observe, now) as run:
        with run.asking() as fetcher:
            if not run.manifest.is_planned:
                run.plan(fetcher, watched)
            run.ask(fetcher, max(settings.batch_size, NIGHTLY_BATCH))
        return run.publish()


def backfill(
    settings: Settings,
    due: Due,
    *,
    step: Step = call_directly,
    observe: Observer = unobserved,
    now: Clock = utc_now,
) -> RunReport:
    """Ask again what `pipeline.night.backfill` has found; nobody is alerted of it.

    Args:
        settings: where and how.
        due: which source is asked about which work.
        step: how stages are called.
        observe: told how far the run is; called from several threads.
        now: the clock by which the run is named and dated.

    Raises:
        ConfigError, WarehouseError: as `refresh`.
    """
    sources = enabled_sources(settings)
    new = with_plan(new_manifest("backfill", sources, now()), due)
    with running(settings, sources, new, step, observe, now) as run:
        with run.asking() as fetcher:
            run.ask(fetcher, max(settings.batch_size, NIGHTLY_BATCH))
        return run.publish()


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
        again = Restaging(archive, staging_folder(settings.home))
        decisions = taken_up(home)
        staged = step.map(again.restage_run, runs)
        published = step(
            build_generation,
            settings,
            archive,
            staged,
            observe,
            anew=True,
            command="rebuild",
        )
        shutil.rmtree(staging_folder(settings.home), ignore_errors=True)
    asking = Asking(warnings=decisions)
    return run_report(settings.home, published, runs[-1], asking, all_sources())


def publish_left_out(settings: Settings, *, observe: Observer = unobserved) -> None:
    """Publish the runs that have ended but were stopped before they were published.

    The caller holds `only_run`.

    Raises:
        WarehouseError: as `build_generation`.
    """
    archive = Archive(settings.home)
    if left_out := sorted(unpublished(settings.home, archive)):
        build_generation(settings, archive, [], observe, name=left_out[-1])


def republish(
    settings: Settings,
    name: str,
    *,
    command: str,
    observe: Observer = unobserved,
) -> Path:
    """Derive every table again from what the published generation has staged.

    The caller holds `only_run`. No network, no parsing; returns the published file.

    Args:
        settings: home and memory limit.
        name: of the new generation.
        command: what this is for the history.
        observe: told of each stage.

    Raises:
        WarehouseError: as `build_generation`.
    """
    archive = Archive(settings.home)
    return build_generation(settings, archive, [], observe, name=name, command=command)


def _nothing_to_rebuild(home: Path) -> WarehouseError:
    where = f"the archive of {home}"
    if not home.is_dir():
        where = f"{home}, there is no such folder"
    return WarehouseError(
        f"rebuild: no finished run in {where}: check --home and CITEHOUSE_HOME, or run "
        "`citehouse refresh DOI` first"
    )
