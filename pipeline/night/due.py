"""Which source is asked about which work tonight, and why; pure decisions."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from pipeline.sources.base import Source
from schemas.night import Reason, Sign, Watermark

MIN_AGE: Final = dt.timedelta(hours=12)
"""What was asked within the last half day is not asked again for its turn or for a
failure: nights begin a little earlier or later."""

DISSENT_AGE: Final = dt.timedelta(days=7)
"""A source whose look-up and whose full answer count differently will do so tomorrow as
well: then its list is read once a week and not every night."""

NOT_ITS_OWN: Final = ("registered with ", "prefix not registered", "merged into ")
"""Beginnings of the causes for which a source will have no record of a DOI ever: the
one of another agency, or of a work that it has put into another."""

Signs = Mapping[str, Sequence[Sign]]
"""DOI to what a look-up said of its records."""


@dataclass(frozen=True)
class Looked:
    """What a source's look-ups said tonight.

    Attributes:
        dois: those that were looked up, with a usable answer.
        signs: of those of which there was something to say.
    """

    dois: Collection[str] = frozenset()
    signs: Signs = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """How the warehouse is with one source.

    Attributes:
        source: which.
        marks: DOI to watermark, of those that it was ever asked about.
        owed: DOIs that an earlier night's budget did not reach.
    """

    source: Source
    marks: Mapping[str, Watermark]
    owed: Collection[str] = frozenset()


def due(
    standing: Standing, dois: Sequence[str], looked: Looked, now: dt.datetime
) -> dict[str, Reason]:
    """The works about which a source is to be asked, with the first reason that holds.

    Not among them: what only another source's movement or the turn would give; see
    `followed` and `in_turn`.

    Args:
        standing: of the source.
        dois: watched, each once.
        looked: by tonight's look-ups.
        now: start of the night.
    """
    counts = counts_by_work(standing.marks, looked.signs)
    found: dict[str, Reason] = {}
    for doi in dois:
        mark = standing.marks.get(doi)
        if mark is not None:
            reason = _reason(standing, mark, looked, counts, now)
        else:
            reason = None if standing.source.service else "new"
        if reason:
            found[doi] = reason
    return found


def _reason(
    standing: Standing,
    mark: Watermark,
    looked: Looked,
    counts: Mapping[str, int],
    now: dt.datetime,
) -> Reason | None:
    if moved := _moved(standing, mark, looked, counts, now):
        return moved
    if mark.doi in standing.owed:
        return "owed"
    if _is_failure_due(standing.source, mark, now):
        return "failed"
    if mark.is_undescribed:
        return "failed"
    is_old_enough = now - mark.asked_at >= MIN_AGE
    if mark.is_unsettled and standing.source.lists_citing and is_old_enough:
        return "unsettled"
    return "touched" if _is_touched(standing.source, mark, looked) else None


def followed(
    standing: Standing, moved: Collection[str], already: Collection[str]
) -> dict[str, Reason]:
    """Works that have moved elsewhere, at a source that tells only when asked."""
    night = standing.source.night
    if night is None or night.look_up or not standing.source.lists_citing:
        return {}
    return {doi: "followed" for doi in moved if doi not in already}


def in_turn(
    standing: Standing, already: Collection[str], now: dt.datetime
) -> dict[str, Reason]:
    """The works that were not asked about for the longest, an equal share each night.

    So many that all have had their turn after `round_nights`; none that another source
    alone can know.
    """
    night = standing.source.night
    if night is None:
        return {}
    turns = [mark for mark in standing.marks.values() if not is_not_its_own(mark)]
    share = ceil(len(turns) / night.round_nights)
    waiting = sorted(
        (mark.asked_at, doi)
        for mark in turns
        if now - mark.asked_at >= MIN_AGE and (doi := mark.doi) not in already
    )
    return {doi: "round" for _, doi in waiting[:share]}


def alongside(reasons: Mapping[str, Mapping[str, Reason]]) -> dict[str, Reason]:
    """Works that a source is asked about which only helps: with any that is new.

    Args:
        reasons: DOI to source to reason, of the sources that describe or list.
    """
    return {
        doi: reason
        for doi, by_source in reasons.items()
        for reason in by_source.values()
        if reason in ("new", "found", "lost", "backfill")
    }


def has_moved(reasons: Mapping[str, Reason]) -> Iterator[str]:
    """The works of which a source has told that who cites them has changed."""
    return (doi for doi, reason in reasons.items() if reason in ("moved", "found"))


def worth_looking(
    standing: Standing, dois: Iterable[str], now: dt.datetime
) -> list[Watermark]:
    """The works of which a look-up can say something new, in the order of `dois`."""
    night = standing.source.night
    if night is None or night.look_up is None:
        return []
    marks = (standing.marks.get(doi) for doi in dois)
    return [
        mark
        for mark in marks
        if mark
        and not is_not_its_own(mark)
        and (mark.state != "not_indexed" or night.finds_new)
        and not _is_failure_due(standing.source, mark, now)
    ]


def _moved(
    standing: Standing,
    mark: Watermark,
    looked: Looked,
    counts: Mapping[str, int],
    now: dt.datetime,
) -> Reason | None:
    if mark.prime_doi not in looked.dois:
        return None
    signs = looked.signs.get(mark.prime_doi, ())
    if not signs:
        is_lost = mark.state == "known" and not _tells_changed_only(standing.source)
        return "lost" if is_lost else None
    if mark.state == "not_indexed":
        return "found"
    told = counts.get(mark.work_id)
    if told is None or mark.declared_count in (None, told):
        return None
    is_answered = _was_asked_with(mark, signs) and now - mark.asked_at < DISSENT_AGE
    return None if is_answered else "moved"


def counts_by_work(marks: Mapping[str, Watermark], signs: Signs) -> dict[str, int]:
    """Work to citing works, by the counts of tonight.

    Two DOIs of one work may have two records, each with its own count, or one.
    """
    found: dict[str, dict[str, int]] = {}
    for mark in marks.values():
        records = found.setdefault(mark.work_id, {})
        for sign in signs.get(mark.prime_doi, ()):
            if sign.declared_count is not None:
                records[sign.record_key] = sign.declared_count
    return {work: sum(records.values()) for work, records in found.items() if records}


def _was_asked_with(mark: Watermark, signs: Sequence[Sign]) -> bool:
    """Whether the last asking followed on a look-up that had said the same."""
    if mark.looked_at is None or mark.looked_at < mark.asked_at:
        return False
    before = {(sign.record_key, sign.declared_count) for sign in mark.signs}
    return before == {(sign.record_key, sign.declared_count) for sign in signs}


def _is_touched(source: Source, mark: Watermark, looked: Looked) -> bool:
    signs = looked.signs.get(mark.prime_doi, ())
    now = {sign.changed_at for sign in signs} - {None}
    before = {sign.changed_at for sign in mark.signs}
    if not before:
        return bool(now) and _tells_changed_only(source)
    return not now <= before


def _tells_changed_only(source: Source) -> bool:
    return source.night is not None and source.night.tells_changed_only


def _is_failure_due(source: Source, mark: Watermark, now: dt.datetime) -> bool:
    """A failure is tried again the next night, then after 2, 4, 8... nights."""
    if mark.state != "failed":
        return False
    longest = source.night.round_nights if source.night else 1
    nights = min(2 ** min(mark.failure_count - 1, 30), longest)
    return now - mark.asked_at >= dt.timedelta(days=nights) - MIN_AGE


def is_not_its_own(mark: Watermark) -> bool:
    """Whether the source has said that it will never have a record of the DOI."""
    return mark.state == "not_indexed" and (mark.cause or "").startswith(NOT_ITS_OWN)
