"""How the sources do: what they had to tell night after night, and what they lost."""

import datetime as dt
from typing import NamedTuple


class NightOfSource(NamedTuple):
    """What one source had to tell in one night.

    Attributes:
        looked_count: works that were looked up, with an answer.
        moved_count: those of them whose citations had moved.
    """

    source: str
    run_id: str
    started_at: dt.datetime
    looked_count: int
    moved_count: int


class StatesOfSource(NamedTuple):
    """Of how many cited DOIs a source has a record, by its last answers."""

    source: str
    asked_count: int
    known_count: int
    failed_count: int


class HeldBack(NamedTuple):
    """Citing works that a source lost all at once, and that are not withdrawn yet."""

    source: str
    run_id: str
    since: dt.datetime
    edge_count: int


class Stall(NamedTuple):
    """A source that has told nothing new, of all works together, for too long.

    Attributes:
        since: start of the first quiet night.
        night_count: quiet nights, up to the last.
        expected_count: works that should have moved in them, at the usual rate.
        moved_count: those that did.
    """

    source: str
    since: dt.datetime
    night_count: int
    expected_count: int
    moved_count: int
