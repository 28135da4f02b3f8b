"""How a registration agency is asked: in lists, then singly about what they left out.

A list answers for fifty DOIs, but leaves out, without a word, those that the agency
does not hold, and aliases. Only a question about one DOI says that there is no such
work.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.sources.base import (
    Answer,
    CitedDoi,
    CitingWork,
    KnownDoi,
    Plan,
    Request,
)
from pipeline.wire.batches import batched_by_length
from schemas.provenance import Parsed


@dataclass(frozen=True)
class Registry:
    """An agency's questions.

    Attributes:
        name: of the source.
        agency: what doi.org calls the agency.
        list_endpoint: of the requests that `ask_list` makes.
        ask_list: one request about several DOIs.
        ask_one: one request about one DOI.
        listable: DOIs that a list surely holds; all others are asked about singly.
        max_count: DOIs a list.
        max_chars: of what a list asks for, escaped.
        cost: characters that a DOI takes of them.
        named: the DOIs that an answer speaks of, bare.
        ask_changed: one request about those of several DOIs whose records have changed
            since a day (None: about all), in a few fields.
    """

    name: str
    agency: str
    list_endpoint: str
    ask_list: Callable[[tuple[str, ...]], Request]
    ask_one: Callable[[str], Request]
    listable: re.Pattern[str]
    max_count: int
    max_chars: int
    cost: Callable[[str], int]
    named: Callable[[Parsed], Collection[str]]
    ask_changed: Callable[[tuple[str, ...], dt.date | None], Request] | None = None

    def requests_for_cited(self, cited: Sequence[CitedDoi]) -> Plan:
        """All whose agency is this one or not known."""
        dois = {item.doi for item in cited if self._may_hold(item.agency)}
        return self._plan(dois, ask_again=dois)

    def requests_for_citing(self, works: Sequence[CitingWork]) -> Plan:
        """Likewise those that it has not described and that have a DOI."""
        asked = {
            work.doi: work.agency
            for work in works
            if work.doi
            and self._may_hold(work.agency)
            and self.name not in work.described_by
        }
        # Most that a list leaves out have another agency. Only of its own it is likely
        # enough that they are aliases to spend a request on each.
        ours = {doi for doi, agency in asked.items() if agency == self.agency}
        return self._plan(asked, ask_again=ours)

    def look_up(self, known: Sequence[KnownDoi]) -> Plan:
        """One round: what has changed of those whose agency is this one.

        Those that a list cannot hold are left out: only asking about them tells.
        """
        assert self.ask_changed is not None  # noqa: S101 - see `Source.night`
        since_all = {one.changed_since for one in known if self._may_hold(one.agency)}
        requests = []
        for since in sorted(since_all, key=lambda day: day or dt.date.min):
            dois = {
                one.doi
                for one in known
                if one.changed_since == since
                and self._may_hold(one.agency)
                and self.listable.fullmatch(one.doi)
            }
            requests += [
                self.ask_changed(batch, since) for batch in self._batches(sorted(dois))
            ]
        if requests:
            yield requests

    def ask(self, dois: tuple[str, ...]) -> Request:
        """About one DOI singly: that tells more, of aliases too."""
        return self.ask_one(dois[0]) if len(dois) == 1 else self.ask_list(dois)

    def _may_hold(self, agency: str | None) -> bool:
        return agency in (None, self.agency)

    def _plan(self, dois: Iterable[str], *, ask_again: Collection[str]) -> Plan:
        requests = list(self._first_round(dois))
        if not requests:
            return
        answers = yield requests
        left_out = {doi for answer in answers for doi in self._left_out(answer)}
        again = [self.ask_one(doi) for doi in sorted(left_out) if doi in ask_again]
        if again:
            yield again

    def _first_round(self, dois: Iterable[str]) -> Iterator[Request]:
        ordered = sorted(set(dois))
        listable = [doi for doi in ordered if self.listable.fullmatch(doi)]
        yield from map(self.ask, self._batches(listable))
        singly = (doi for doi in ordered if not self.listable.fullmatch(doi))
        yield from map(self.ask_one, singly)

    def _batches(self, dois: Sequence[str]) -> Iterator[tuple[str, ...]]:
        return batched_by_length(
            dois,
            max_count=self.max_count,
            max_chars=self.max_chars,
            cost=self.cost,
        )

    def _left_out(self, answer: Answer) -> set[str]:
        if answer.request.endpoint != self.list_endpoint:
            return set()
        if answer.is_not_found:
            # A list is never "not found": whatever that was, it is no word on these.
            return set(answer.request.subjects)
        if not answer.is_ok:
            return set()
        return set(answer.request.subjects).difference(self.named(answer.parsed))
