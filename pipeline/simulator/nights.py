"""Worlds that change from night to night, and what happened in each.

A night is the world of the night before with a few events; the same seed gives the same
nights in every process. Each source dates the records that an event has changed for it.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Final, Literal

from pipeline.simulator import kinds
from pipeline.simulator.generate import Crop, grow
from pipeline.simulator.large import TOPICS
from pipeline.simulator.later import dated
from pipeline.simulator.work import Update, View, Work
from pipeline.simulator.world import BEGINNING, Citation, World, as_works

EventKind = Literal[
    "cited_again",
    "noticed",
    "withdrawn",
    "came_back",
    "merged",
    "re_dated",
    "re_typed",
    "corrected",
    "retracted",
]
"""What may happen in a night.

    cited_again  a work that is new cites a cited work
    noticed      a source finds out about a citation that others know
    withdrawn    every source forgets a citation
    came_back    it is known again
    merged       two records turn out to be of one citing work
    re_dated, re_typed, corrected   a citing work has another date, type, title
    retracted    a work is retracted: a cited one or one that cites
"""

_FIRST_NUMBER: Final = 800_000
"""Of the identifiers of works that come later: no world begins with so many."""

_NUMBERS_A_NIGHT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a night.

    Attributes:
        cited: key of the cited work that it concerns.
        work: key of the work that it happened to.
    """

    kind: EventKind
    cited: str
    work: str


@dataclass(frozen=True)
class Night:
    """A world on one day, and what happened since the day before."""

    number: int
    day: dt.date
    world: World
    events: tuple[Event, ...]


def nights(
    world: World,
    count: int,
    *,
    seed: int = 1,
    events_each: int = 6,
    cited_each: int = 0,
) -> Iterator[Night]:
    """The nights that follow a world: the first is the world itself.

    Args:
        world: with at least one citing work that OpenAlex and Crossref know.
        count: nights after the first.
        seed: of what happens.
        events_each: at most so many events a night; some nights are quiet.
        cited_each: new citations a night besides.
    """
    yield Night(0, BEGINNING, world, ())
    for number in range(1, count + 1):
        dice = Random(f"nights/{seed}/{number}")  # noqa: S311 - a world, not a secret
        day = BEGINNING + dt.timedelta(days=number)
        draft = _Draft(world, dice, number)
        for _ in range(dice.randint(0, events_each)):
            draft.let_happen(dice.choice(_EVENTS))
        for _ in range(cited_each):
            draft.cite_again()
        world = dated(world, draft.world(), day)
        yield Night(number, day, world, tuple(draft.events))


class _Draft:
    """A night in the making."""

    def __init__(self, world: World, dice: Random, number: int) -> None:
        self._world = world
        self._dice = dice
        self._works = dict(world.works)
        self._edges = {(one.citing, one.cited): one for one in world.citations}
        self._number = _FIRST_NUMBER + number * _NUMBERS_A_NIGHT
        self._cited = sorted(
            {
                work.key
                for doi in world.asked
                if (work := world.asked_work(doi)) and "openalex" in work.known_to
            }
        )
        self.events: list[Event] = []

    def let_happen(self, happen: "Callable[[_Draft], None]") -> None:
        """One event, unless there is nothing that it could happen to."""
        happen(self)

    def world(self) -> World:
        """What is true after the night."""
        return replace(
            self._world,
            works=as_works(self._works.values()),
            citations=tuple(self._edges.values()),
        )

    def cite_again(self) -> None:
        cited = self._dice.choice(self._cited)
        crop = Crop(
            name=f"night-{self._number}",
            count=1,
            first_number=self._number,
            years=range(2024, 2027),
            topics=TOPICS,
        )
        self._number += 10
        citing, edges = grow(crop, self._works[cited])
        self._works |= {work.key: work for work in citing}
        self._edges |= {(one.citing, one.cited): one for one in edges}
        self._note("cited_again", cited, citing[0].key)

    def notice(self) -> None:
        """OpenAlex finds out about a citation that Crossref knows."""
        missed = [
            edge
            for edge in self._known_edges()
            if "openalex" not in edge.known_to
            and "crossref" in edge.known_to
            and "openalex" in self._works[edge.citing].known_to
            and "openalex" in self._works[edge.cited].known_to
        ]
        if missed:
            edge = self._dice.choice(missed)
            openalex: frozenset[View] = frozenset({"openalex"})
            self._put(replace(edge, known_to=edge.known_to | openalex))
            self._note("noticed", edge.cited, edge.citing)

    def withdraw(self) -> None:
        if edges := self._known_edges():
            edge = self._dice.choice(edges)
            self._put(replace(edge, known_to=frozenset()))
            self._note("withdrawn", edge.cited, edge.citing)

    def come_back(self) -> None:
        gone = [edge for edge in self._edges.values() if not edge.known_to]
        if gone:
            edge = self._dice.choice(gone)
            known = self._works[edge.citing].known_to & self._works[edge.cited].known_to
            self._put(replace(edge, known_to=frozenset(known)))
            self._note("came_back", edge.cited, edge.citing)

    def merge(self) -> None:
        """OpenCitations learns the DOI of a work that it had by its OMID alone."""
        lone = [
            edge
            for edge in self._known_edges()
            if "opencitations" in edge.known_to
            and (citing := self._works[edge.citing]).doi
            and "doi" in citing.index_ids
            and not citing.pmid
        ]
        if lone:
            edge = self._dice.choice(lone)
            citing = self._works[edge.citing]
            self._works[citing.key] = replace(citing, pmid=998_000_000 + self._number)
            self._number += 1
            self._note("merged", edge.cited, edge.citing)

    def re_date(self) -> None:
        self._change(
            "re_dated",
            lambda work: replace(work, published=(2019, 1 + self._dice.randint(0, 11))),
        )

    def re_type(self) -> None:
        self._change("re_typed", lambda work: replace(work, kind=kinds.REVIEW))

    def correct(self) -> None:
        self._change(
            "corrected", lambda work: replace(work, title=f"{work.title} (corrected)")
        )

    def retract(self) -> None:
        """Crossref has a notice, and OpenAlex a mark."""

        def retracted(work: Work) -> Work:
            notice = Work(
                key=f"notice/{work.key}",
                title=f"Retraction: {work.title}",
                published=(2026, 11),
                doi=f"10.5555/citehouse.notice.{self._number}",
                openalex=9_900_000_000 + self._number,
                known_to=frozenset({"crossref"}),
                update_to=(Update("retraction", work.key, (2026, 11, 15)),),
            )
            self._number += 1
            self._works[notice.key] = notice
            update = Update("retraction", notice.key, (2026, 11, 15))
            return replace(work, is_retracted=True, updated_by=(update,))

        self._change("retracted", retracted)

    def _change(self, kind: EventKind, change: Callable[[Work], Work]) -> None:
        """Something happens to a citing work, or to a cited one."""
        edges = [
            edge
            for edge in self._known_edges()
            if "openalex" in edge.known_to
            and self._works[edge.citing].agency == "Crossref"
            and not self._works[edge.citing].is_retracted
            and not self._works[edge.citing].published_as
        ]
        if edges:
            edge = self._dice.choice(edges)
            self._works[edge.citing] = change(self._works[edge.citing])
            self._note(kind, edge.cited, edge.citing)

    def _known_edges(self) -> list[Citation]:
        cited = set(self._cited)
        return [
            edge
            for edge in self._edges.values()
            if edge.known_to and edge.cited in cited
        ]

    def _put(self, edge: Citation) -> None:
        self._edges[edge.citing, edge.cited] = edge

    def _note(self, kind: EventKind, cited: str, work: str) -> None:
        self.events.append(Event(kind, cited, work))


_EVENTS: Final[tuple[Callable[[_Draft], None], ...]] = (
    _Draft.cite_again,
    _Draft.cite_again,
    _Draft.cite_again,
    _Draft.notice,
    _Draft.withdraw,
    _Draft.come_back,
    _Draft.merge,
    _Draft.re_date,
    _Draft.re_type,
    _Draft.correct,
    _Draft.retract,
)
"""What may happen; citations come most often."""
