"""Source health: is it the source that stands still, or only one work?

One work that is cited no more says nothing. All works together do: how many of them
move in a night is steady from night to night, or moves in bursts, for each source in
its own way. A source is called stalled when its quiet nights are more than it ever had
in a row, and the works that should have moved in them are too many for chance.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from pipeline.sources.base import Source
from schemas.health import HeldBack, NightOfSource, Stall, StatesOfSource

BASELINE_NIGHTS: Final = 28
"""Nights that make the usual rate: four weeks, so that weekends weigh as they do."""

SAME_NIGHT: Final = dt.timedelta(hours=12)
"""Nights begin a little earlier or later; a second run of the same night sooner."""

MIN_BASELINE: Final = 5
"""Before so many nights nothing is usual yet."""

QUIET_SHARE: Final = 0.1
"""Of the usual number of works, at most, move in a quiet night."""

MIN_EXPECTED: Final = 7.0
"""Works that should have moved in the quiet nights: where 7 are expected, none at all
comes by chance once in a thousand times (Poisson)."""

MIN_ASKED_TO_JUDGE: Final = 20
"""Below so many cited DOIs a share says nothing about a source's health."""


def stalls(nights: Iterable[NightOfSource]) -> list[Stall]:
    """The sources that stand still in the last of these nights, by name.

    Args:
        nights: ordered by source, then time.
    """
    by_source = groupby(nights, key=attrgetter("source"))
    found = (_stall(_whole_nights(some)) for _, some in by_source)
    return [stall for stall in found if stall]


def _whole_nights(runs: Iterable[NightOfSource]) -> list[NightOfSource]:
    """Runs that follow each other within half a day are one night.

    What the first has asked about does not move again for the second.
    """
    found: list[NightOfSource] = []
    for run in runs:
        if found and run.started_at - found[-1].started_at < SAME_NIGHT:
            was = found[-1]
            found[-1] = was._replace(
                looked_count=max(was.looked_count, run.looked_count),
                moved_count=was.moved_count + run.moved_count,
            )
        else:
            found.append(run)
    return found


def _stall(nights: Sequence[NightOfSource]) -> Stall | None:
    usual: list[NightOfSource] = []
    quiet: list[NightOfSource] = []
    for night in nights:
        if _is_quiet(night, usual[-BASELINE_NIGHTS:]):
            quiet.append(night)
            continue
        # They were part of the usual, unless the source stood still.
        if not _judged(usual[-BASELINE_NIGHTS:], quiet):
            usual += quiet
        usual.append(night)
        quiet = []
    return _judged(usual[-BASELINE_NIGHTS:], quiet)


def _is_quiet(night: NightOfSource, usual: Sequence[NightOfSource]) -> bool:
    rate = _rate(usual)
    return rate > 0 and night.moved_count <= QUIET_SHARE * rate * night.looked_count


def _judged(
    usual: Sequence[NightOfSource], quiet: Sequence[NightOfSource]
) -> Stall | None:
    if len(usual) < MIN_BASELINE or len(quiet) <= _longest_lull(usual):
        return None
    expected = _rate(usual) * sum(night.looked_count for night in quiet)
    if expected < MIN_EXPECTED:
        return None
    return Stall(
        quiet[0].source,
        quiet[0].started_at,
        len(quiet),
        round(expected),
        sum(night.moved_count for night in quiet),
    )


def _rate(nights: Sequence[NightOfSource]) -> float:
    looked = sum(night.looked_count for night in nights)
    return sum(night.moved_count for night in nights) / looked if looked else 0.0


def _longest_lull(nights: Sequence[NightOfSource]) -> int:
    """The most quiet nights in a row among the usual ones."""
    rate = _rate(nights)
    lulls = groupby(
        night.moved_count <= QUIET_SHARE * rate * night.looked_count for night in nights
    )
    return max((len(list(some)) for is_quiet, some in lulls if is_quiet), default=0)


def broken_expectations(
    found: Iterable[Stall],
    states: Iterable[StatesOfSource],
    held: Iterable[HeldBack],
    sources: Mapping[str, Source],
) -> Iterator[str]:
    """What a healthy night does not look like, each in a sentence."""
    for stall in found:
        yield (
            f"{_title(stall.source, sources)} stands still since "
            f"{stall.since:%Y-%m-%d}: in {stall.night_count} nights "
            f"{stall.moved_count:,} works have moved, where about "
            f"{stall.expected_count:,} are usual. It is the source, not the works: "
            "what is stored stays, and may be as old"
        )
    for state in states:
        yield from _too_few_known(state, sources)
    for one in held:
        yield (
            f"{_title(one.source, sources)} has lost {one.edge_count:,} citing works "
            f"at once, in the night of {one.since:%Y-%m-%d}: held back, none is "
            "withdrawn unless it is still missing after a week"
        )


def _too_few_known(
    state: StatesOfSource, sources: Mapping[str, Source]
) -> Iterator[str]:
    source = sources.get(state.source)
    if source is None or state.asked_count < MIN_ASKED_TO_JUDGE:
        return
    least = source.expect.min_known_share
    if state.known_count < least * state.asked_count:
        yield (
            f"{source.title} knows {state.known_count} of {state.asked_count} cited "
            f"DOIs; at least {least:.0%} are expected"
        )


def _title(name: str, sources: Mapping[str, Source]) -> str:
    source = sources.get(name)
    return source.title if source else name
