"""Look-ups: what each source counts now, collected from its answers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Final

from pipeline.night.due import Looked
from pipeline.sources.base import Answer, KnownDoi
from schemas.night import Sign, Watermark

OVERLAP: Final = dt.timedelta(days=1)
"""What a source has changed on the day of the last look may have come after it, and its
clock and its index may be behind ours."""


class Gathered:
    """Takes in answers to look-ups; thread safe."""

    def __init__(self) -> None:
        self._dois: defaultdict[str, set[str]] = defaultdict(set)
        self._signs: defaultdict[str, dict[str, dict[str, Sign]]] = defaultdict(dict)
        self._lock = Lock()

    def note(self, answer: Answer) -> None:
        """Take in one answer; one that is not usable says nothing of its DOIs."""
        if not (answer.is_ok or answer.is_not_found):
            return
        source = answer.raw.source
        with self._lock:
            self._dois[source].update(answer.request.subjects)
            for one in answer.parsed.look_ups:
                if one.doi:
                    sign = Sign(one.record_key, one.declared_count, one.changed_at)
                    of_doi = self._signs[source].setdefault(one.doi, {})
                    of_doi[one.record_key] = sign

    def of(self, source: str) -> Looked:
        """What a source has said so far."""
        with self._lock:
            signs = {
                doi: tuple(by_record.values())
                for doi, by_record in self._signs[source].items()
            }
            return Looked(frozenset(self._dois[source]), signs)


def known_dois(
    marks: Sequence[Watermark], agencies: Mapping[str, str | None]
) -> list[KnownDoi]:
    """The works of some watermarks as a source is asked whether they have moved."""
    by_doi = {mark.prime_doi: mark for mark in marks}
    return [
        KnownDoi(
            mark.prime_doi,
            agencies.get(mark.prime_doi),
            changed_since=_since(mark),
            is_expected=mark.state == "known",
        )
        for mark in by_doi.values()
    ]


def _since(mark: Watermark) -> dt.date:
    last = max(mark.asked_at, mark.looked_at or mark.asked_at)
    return (last.astimezone(dt.UTC) - OVERLAP).date()
