"""Moments as people type them: a day, a time, or a run."""

import datetime as dt
import re
from typing import Final

from pipeline.errors import UsageError

_RUN: Final = re.compile(r"\d{8}T\d{6}\.\d{6}Z-\w+", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_moment(text: str) -> dt.datetime | str:
    """The moment that a text names; of a day its end, of a run its id. UTC.

    Raises:
        UsageError: it is none of the three.
    """
    text = text.strip()
    if _RUN.fullmatch(text):
        return text
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as err:
        raise UsageError(
            f"not a moment: {text[:80]!r}; give a day (2026-11-20), a time in UTC"
            " (2026-11-20T08:00), or the id of a run"
        ) from err
    if _DAY.fullmatch(text):
        found = dt.datetime.combine(found.date(), dt.time.max)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
