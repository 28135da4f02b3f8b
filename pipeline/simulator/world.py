"""A world: what is true of works and citations, and which source knows which part."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from pipeline.simulator.work import View, Work, all_tokens

BEGINNING: Final = dt.date(2026, 11, 1)
"""The day on which the sources last changed what they have from the start."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One work cites another, and these sources have noticed."""

    citing: str
    cited: str
    known_to: frozenset[View]


@dataclass(frozen=True)
class Stray:
    """A record in a source's list of citing works that no edge can be made of.

    Attributes:
        fate: ``reject`` if it cannot be read, ``absent`` if it can but names no work.
    """

    view: View
    cited: str
    fate: Literal["reject", "absent"]
    record: Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """Works, who cites whom, and the records that no source should have sent.

    Attributes:
        works: by key.
        asked: the DOIs that a run over this world asks about, in the form in which a
            user would type them.
        agencies: DOI prefix to registration agency.
        strays: what citing lists hold besides.
        broken_in_lists: keys of works whose Crossref record has no DOI in lists.
        changed_on: source and key of the works whose record or count has changed there
            since the world began, to the day.
    """

    works: Mapping[str, Work]
    citations: tuple[Citation, ...]
    asked: tuple[str, ...]
    agencies: Mapping[str, str]
    strays: tuple[Stray, ...] = ()
    broken_in_lists: frozenset[str] = frozenset()
    changed_on: Mapping[tuple[View, str], dt.date] = field(default_factory=dict)

    def last_change(self, view: View, work: Work) -> dt.date:
        """When the source last changed its record of a work, or its count."""
        return self.changed_on.get((view, work.key), BEGINNING)

    @cached_property
    def by_doi(self) -> dict[str, Work]:
        """Works by their prime DOI, in lower case."""
        return {w.doi.lower(): w for w in self.works.values() if w.doi}

    @cached_property
    def by_alias(self) -> dict[str, Work]:
        """Works by the DOIs that redirect to them, in lower case."""
        return {
            doi.lower(): work for work in self.works.values() for doi in work.alias_dois
        }

    @cached_property
    def by_token(self) -> dict[str, Work]:
        """Works by every identifier that any source may hold, as tokens."""
        return {
            token: work for work in self.works.values() for token in all_tokens(work)
        }

    @cached_property
    def _sides(self) -> dict[tuple[str, str, str], list[Work]]:
        sides: dict[tuple[str, str, str], list[Work]] = {}
        for edge in self.citations:
            for view in edge.known_to:
                sides.setdefault((view, "citing", edge.cited), []).append(
                    self.works[edge.citing]
                )
                sides.setdefault((view, "cited", edge.citing), []).append(
                    self.works[edge.cited]
                )
        return sides

    @cached_property
    def _by_citing(self) -> dict[str, list[Citation]]:
        found: dict[str, list[Citation]] = {}
        for edge in self.citations:
            found.setdefault(edge.citing, []).append(edge)
        return found

    def citations_of(self, citing_key: str) -> list[Citation]:
        """What a work cites, whoever has noticed."""
        return self._by_citing.get(citing_key, [])

    def citing(self, view: View, cited_key: str) -> list[Work]:
        """The works that cite this one, as far as the source knows."""
        return self._sides.get((view, "citing", cited_key), [])

    def cited(self, view: View, citing_key: str) -> list[Work]:
        """The works that this one cites, as far as the source knows."""
        return self._sides.get((view, "cited", citing_key), [])

    @cached_property
    def preprints_of(self) -> dict[str, list[Work]]:
        """Published version's key to its preprints."""
        found: dict[str, list[Work]] = {}
        for work in self.works.values():
            if work.published_as:
                found.setdefault(work.published_as, []).append(work)
        return found

    def stray_records(self, view: View, cited_key: str) -> list[Mapping[str, Any]]:
        """What the source's list of this work's citing works holds besides."""
        return [
            stray.record
            for stray in self.strays
            if (stray.view, stray.cited) == (view, cited_key)
        ]

    def asked_work(self, doi: str) -> Work | None:
        """The work behind an asked DOI; None where no source knows it."""
        return self.by_doi.get(doi.lower()) or self.by_alias.get(doi.lower())


def as_works(works: Iterable[Work]) -> dict[str, Work]:
    """Works by key.

    Raises:
        ValueError: two works share a key.
    """
    found: dict[str, Work] = {}
    for work in works:
        if work.key in found:
            raise ValueError(f"two works called {work.key!r}")
        found[work.key] = work
    return found
