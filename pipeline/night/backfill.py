"""A back-fill: everything again that some sources said in a range of time."""

import datetime as dt
from collections.abc import Collection, Mapping

from pipeline.archive import Archive
from pipeline.errors import UsageError
from pipeline.night.nightly import planner_of
from pipeline.night.plan import Due
from pipeline.settings import Settings
from pipeline.sources.base import Source
from schemas.night import Reason
from warehouse.query import cited_dois


def backfill_due(
    settings: Settings,
    sources: Mapping[str, Source],
    *,
    since: dt.datetime,
    until: dt.datetime,
    chosen: Collection[str],
    now: dt.datetime,
) -> Due:
    """The works about which a source was asked last within a range of time.

    Args:
        settings: home and budgets.
        sources: the enabled sources, by name.
        since: beginning of the range.
        until: end of the range.
        chosen: names of sources; none: all.
        now: the time.

    Raises:
        UsageError: a source is unknown or disabled, or nothing was asked then.
        WarehouseFault: the published warehouse cannot be read.
    """
    if unknown := sorted(set(chosen) - sources.keys()):
        known = ", ".join(sorted(sources))
        raise UsageError(f"no such source, or it is disabled: {unknown}; on: {known}")
    dois = cited_dois(settings.home)
    archive = Archive(settings.home)
    planner = planner_of(settings, sources, dois, archive=archive, now=now)
    asked: dict[str, dict[str, Reason]] = {}
    for mark in planner.marks:
        is_chosen = not chosen or mark.source in chosen
        if is_chosen and since <= mark.asked_at <= until and mark.source in sources:
            asked.setdefault(mark.doi, {})[mark.source] = "backfill"
    if not asked:
        raise UsageError(
            f"nothing was asked last between {since:%Y-%m-%d %H:%M} and "
            f"{until:%Y-%m-%d %H:%M} UTC: later runs have asked everything again, or "
            "there was no run"
        )
    return Due(asked, {}, planner.in_numbers(asked, {}))
