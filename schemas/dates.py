"""Publication dates, exactly as precise as the source gave them.

A source may know only a year, or print an impossible day. Nothing is invented and
nothing is hidden: `PartialDate.iso` is the longest part that can be true, and
`PartialDate.raw` keeps what was written whenever that is not the whole story.
"""

import calendar
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pydantic import BaseModel, ConfigDict

_ISO: Final = re.compile(r"^(-?\d{1,6})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?$")
_MONTHS: Final = 12


class PartialDate(BaseModel):
    """A year, perhaps a month, perhaps a day.

    Attributes:
        year: as given, however early or late.
        iso: ``2019``, ``2019-02`` or ``2019-02-14``: ISO 8601, reduced precision.
        raw: what the source wrote, kept only when `iso` says less than it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    iso: str
    raw: str | None = None


def partial_date(parts: Sequence[int | None]) -> PartialDate | None:
    """The date of ``[year, month, day]``, of which any tail may be missing.

    An impossible month or day ends the date before it (``[2019, 2, 31]`` is
    ``2019-02``, raw ``2019-2-31``). No year, no date: ``[None]`` gives None.
    """
    given: list[int] = []
    for part in parts:
        if part is None:  # a day without its month says nothing
            break
        given.append(part)
    if not given:
        return None
    year, *rest = given
    month = rest[0] if rest and 1 <= rest[0] <= _MONTHS else None
    day = rest[1] if month and len(rest) > 1 and _is_day(year, month, rest[1]) else None
    kept = [part for part in (year, month, day) if part is not None]
    iso = "-".join([f"{year:04d}", *(f"{part:02d}" for part in kept[1:])])
    raw = None if kept == given else "-".join(str(part) for part in given)
    return PartialDate(year=year, iso=iso, raw=raw)


@lru_cache(maxsize=20_000)  # half a century of days; most works share theirs
def parse_date(text: str | None) -> PartialDate | None:
    """The date written as ``YYYY[-MM[-DD]]``, with or without a time behind it.

    Empty or None is None. Other text gives None, too: the caller keeps the raw value.
    """
    found = _ISO.match((text or "").strip())
    if not found:
        return None
    return partial_date([int(part) if part else None for part in found.groups()])


def _is_day(year: int, month: int, day: int) -> bool:
    # The calendar module knows the years 1 to 9999; elsewhere any day up to 31 may be.
    last = calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 31  # noqa: PLR2004 - bounds of the module
    return 1 <= day <= last
