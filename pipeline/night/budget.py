"""What an allowance pays for tonight, spent first where change is expected."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from pipeline.settings import Settings
from pipeline.sources.base import Night, Source
from schemas.night import REASONS, WITHOUT_REFERENCES, Reason, Watermark

LOOKING_SHARE: Final = 0.5
"""Of a budget, at most, for look-ups: what they find must be paid for, too."""

ASKING_SHARE: Final = 0.9
"""Of what is left, for works whose cost is known. The rest is for pages that are not
as full as planned, for citing works that others list, and for retries."""

USUAL_REFERENCES: Final = 35
"""Of a work of which nothing is known: an article's in the recorded answers."""

_ORDER: Final = {reason: rank for rank, reason in enumerate(REASONS)}
_YEAR_DAYS: Final = 365.25


def budget_of(source: Source, settings: Settings) -> int | None:
    """Credits that a night may spend at a source; None: as many requests as it takes.

    Without a budget of the user's, the daily allowance that the source documents.
    """
    chosen = settings.of(source.name)
    if chosen.budget is not None or source.daily_credits is None:
        return chosen.budget
    if chosen.base_url:
        return None  # another server than the source's own says itself what is left
    without_key, with_key = source.daily_credits
    has_key = bool(chosen.api_key and chosen.api_key.get_secret_value().strip())
    return with_key if has_key else without_key


def worth_most(
    marks: Sequence[Watermark],
    moved: Collection[str],
    *,
    room: int,
    now: dt.datetime,
) -> list[Watermark]:
    """So many works, those first of which a look-up is most likely to say news.

    Works that have moved at another source tonight come first; the others by the
    citations that they may have had since the last look.
    """
    if len(marks) <= room:
        return list(marks)
    ranked = sorted(
        marks,
        key=lambda mark: (
            mark.doi not in moved,
            -expected_citations(mark, now),
            mark.doi,
        ),
    )
    return ranked[:room]


@dataclass(frozen=True)
class Afforded:
    """What of the due works a budget pays for.

    Attributes:
        asked: DOI to reason.
        owed: those that have to wait, though something calls for them; works whose
            turn it is simply wait.
    """

    asked: dict[str, Reason]
    owed: tuple[str, ...]


def afford(
    source: Source,
    due: Mapping[str, Reason],
    marks: Mapping[str, Watermark],
    *,
    left: int | None,
) -> Afforded:
    """The due works in the order of their reasons, as far as the credits reach.

    Args:
        source: whose credits.
        due: DOI to reason.
        marks: from which the cost is estimated; a new work costs as one of the first
            page.
        left: credits; None: as many as it takes.
    """
    if left is None or source.night is None:
        return Afforded(dict(due), ())
    room = left * ASKING_SHARE
    asked: dict[str, Reason] = {}
    owed = []
    for doi in sorted(due, key=lambda doi: (_ORDER[due[doi]], doi)):
        price = price_of(source.night, marks.get(doi), due[doi])
        if price <= room:
            room -= price
            asked[doi] = due[doi]
        elif due[doi] != "round":
            owed.append(doi)
    return Afforded(asked, tuple(owed))


def price_of(night: Night, mark: Watermark | None, reason: Reason) -> float:
    """What asking all about one work for this reason costs, in requests."""
    price = night.requests(citing_count(mark))
    if reason in WITHOUT_REFERENCES:
        return price
    known = mark.reference_count if mark else None
    count = USUAL_REFERENCES if known is None else known
    return price + night.per_reference * max(count, 1)


def look_up_room(source: Source, budget: int | None) -> int:
    """Works that can be looked up for the look-ups' share of a budget."""
    night = source.night
    if night is None:
        return 0
    if budget is None:
        return 10**9  # as many as there are
    return int(budget * LOOKING_SHARE) * night.per_look_up


def look_up_cost(source: Source, count: int) -> int:
    """Requests that it takes to look up so many works."""
    return ceil(count / source.night.per_look_up) if source.night else 0


def citing_count(mark: Watermark | None) -> int:
    """How many citing works there are to be listed, as far as is known."""
    return (mark.declared_count or 0) if mark else 0


def expected_citations(mark: Watermark, now: dt.datetime) -> float:
    """Citations since the last look, at the average rate since publication."""
    last = max(mark.asked_at, mark.looked_at or mark.asked_at)
    years = max(1.0, now.year - (mark.published_year or now.year))
    a_day = (citing_count(mark) + 1) / (years * _YEAR_DAYS)
    return a_day * max(0.0, (now - last) / dt.timedelta(days=1))
