"""Look first, then plan: the part of a night that comes before what every run does."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pipeline.archive import Archive
from pipeline.fetch import AGENCIES, Fetcher
from pipeline.night.looking import Gathered, known_dois
from pipeline.night.plan import Due, Planner
from pipeline.settings import Settings
from pipeline.sources.base import Source
from schemas.night import REASONS, NightPlan, Watermark
from schemas.provenance import RunManifest
from warehouse.night import watermarks


def planned(manifest: RunManifest, planner: Planner, fetcher: Fetcher) -> RunManifest:
    """The manifest of a night with what it asks, after it has looked what has moved.

    Args:
        manifest: of the night, not planned yet.
        planner: knows what the warehouse knows.
        fetcher: asks; what it asks is archived and staged as any answer.
    """
    gathered = Gathered()
    for with_budget in (False, True):
        moved = planner.moved(gathered) if with_budget else ()
        looking = planner.look_ups(with_budget=with_budget, moved=moved)
        if looking:
            _look(looking, fetcher, gathered)
    return with_plan(manifest, planner.decide(gathered, fetcher.spent))


def with_plan(manifest: RunManifest, due: Due) -> RunManifest:
    """The manifest of a night that is planned.

    What matters most comes first, should an allowance end early; of works that matter
    alike, those that the same sources are asked about share batches.
    """
    ranks = {reason: rank for rank, reason in enumerate(REASONS)}

    def key(doi: str) -> tuple[int, list[str], str]:
        reasons = due.asked[doi]
        return min(map(ranks.__getitem__, reasons.values())), sorted(reasons), doi

    ordered = sorted(due.asked, key=key)
    return manifest.model_copy(
        update={
            "dois": tuple(ordered),
            "asked": {doi: dict(due.asked[doi]) for doi in ordered},
            "owed": due.owed,
            "plan": due.plan,
            "is_planned": True,
        }
    )


def planner_of(
    settings: Settings,
    sources: Mapping[str, Source],
    dois: Sequence[str],
    *,
    archive: Archive,
    now: dt.datetime,
) -> Planner:
    """The planner of a night over some works.

    Raises:
        WarehouseFault: the published warehouse cannot be read.
        WarehouseError: a manifest of the archive is damaged.
    """
    asked = {name: source for name, source in sources.items() if name != AGENCIES}
    return Planner(
        settings=settings,
        sources=asked,
        dois=dois,
        marks=watermarks(settings.home, dois),
        owed=_owed(archive),
        now=now,
    )


def rehearsal(
    settings: Settings,
    sources: Mapping[str, Source],
    dois: Sequence[str],
    *,
    now: dt.datetime,
) -> NightPlan:
    """What a night would ask now; asks nobody and writes nothing.

    Raises:
        WarehouseFault, WarehouseError: as `planner_of`.
    """
    archive = Archive(settings.home)
    return planner_of(settings, sources, dois, archive=archive, now=now).rehearse()


def _look(
    looking: Mapping[str, Sequence[Watermark]], fetcher: Fetcher, gathered: Gathered
) -> None:
    dois = sorted({mark.prime_doi for marks in looking.values() for mark in marks})
    agencies = fetcher.agencies_of(dois)
    known = {name: known_dois(marks, agencies) for name, marks in looking.items()}
    fetcher.look_up(known, gathered.note)


def _owed(archive: Archive) -> dict[str, tuple[str, ...]]:
    """What the last night's budgets did not reach."""
    nights = [run for run in archive.runs() if _is_finished_night(run)]
    return nights[-1].owed if nights else {}


def _is_finished_night(run: RunManifest) -> bool:
    return run.command == "nightly" and run.finished_at is not None
