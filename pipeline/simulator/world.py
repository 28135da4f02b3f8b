"""A world: what is true of works and citations, and which source knows which part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from pipeline.simulator.kinds import ARTICLE, Kind

View = Literal["crossref", "openalex", "opencitations"]

VIEWS: Final[tuple[View, ...]] = ("crossref", "openalex", "opencitations")
"""The sources that describe works, strongest first."""

EVERYWHERE: Final[frozenset[View]] = frozenset(VIEWS)

DateParts: TypeAlias = tuple[int, ...]
"""``(2019,)``, ``(2019, 2)`` or ``(2019, 2, 14)``; ``()``: the source has no date."""

MISSING: Final = object()
"""As a patch: the source leaves the field out."""


@dataclass(frozen=True, slots=True)
class Person:
    """An author as the sources name them.

    Attributes:
        who: the person behind the name: the same text, the same person.
    """

    who: str
    given: str
    family: str
    orcid: str | None = None

    @property
    def name(self) -> str:
        """Given name first, as in a byline."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A group that signs as an author."""

    name: str


Contributor: TypeAlias = Person | Organisation


@dataclass(frozen=True, slots=True)
class Venue:
    """Where works appear; issn None for repositories and publishers of books."""

    name: str
    number: int
    issn: str | None = None
    publisher: str = "Imaginary Press"
    kind: str = "journal"


@dataclass(frozen=True, slots=True)
class Update:
    """A tie between a notice and the work that it is about, as Crossref keeps it.

    Attributes:
        other: key of the work at the other end.
        sources: who asserts it; Crossref lists it once for each.
    """

    type: str
    other: str
    date: DateParts
    sources: tuple[str, ...] = ("publisher",)


@dataclass(frozen=True)
class Work:
    """One work: what is true, and what each source makes of it.

    Attributes:
        key: the world's own name of the work.
        doi: in the case in which it was deposited.
        alias_dois: other DOIs that redirect to `doi`.
        omids: more than one where OpenCitations holds the work twice.
        agency: who registered the DOI.
        known_to: the sources with a record of it.
        dates: by source, where a source differs from `published`.
        published_as: key of the published version, on a preprint.
        openalex_home: key of the work into whose record OpenAlex merged this one.
        index_ids, meta_ids: the identifiers besides the OMID that OpenCitations'
            Index and Meta hold.
        has_meta_authors: whether OpenCitations knows who wrote it.
        index_extra: identifiers of other works that the Index mistakes for its own.
        patches: by source, fields of the rendered record set to what they would not
            be; `MISSING` leaves one out.
    """

    key: str
    title: str
    published: DateParts
    kind: Kind = ARTICLE
    doi: str | None = None
    alias_dois: tuple[str, ...] = ()
    pmid: int | None = None
    openalex: int | None = None
    omids: tuple[str, ...] = ()
    agency: str | None = "Crossref"
    known_to: frozenset[View] = EVERYWHERE
    authors: tuple[Contributor, ...] = ()
    venue: Venue | None = None
    dates: Mapping[View, DateParts] = field(default_factory=dict)
    published_as: str | None = None
    openalex_home: str | None = None
    updated_by: tuple[Update, ...] = ()
    update_to: tuple[Update, ...] = ()
    is_retracted: bool = False
    index_ids: tuple[str, ...] = ("doi", "pmid")
    index_extra: tuple[str, ...] = ()
    has_meta_authors: bool = True
    meta_ids: tuple[str, ...] = ("doi", "pmid", "openalex")
    patches: Mapping[View, Mapping[str, Any]] = field(default_factory=dict)

    def date(self, view: View) -> DateParts:
        """When it appeared, as this source has it."""
        return self.dates.get(view, self.published)

    @property
    def dois(self) -> tuple[str, ...]:
        """All its DOIs in lower case, the prime one first."""
        own = (self.doi,) if self.doi else ()
        return tuple(doi.lower() for doi in (*own, *self.alias_dois))


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
    """

    works: Mapping[str, Work]
    citations: tuple[Citation, ...]
    asked: tuple[str, ...]
    agencies: Mapping[str, str]
    strays: tuple[Stray, ...] = ()
    broken_in_lists: frozenset[str] = frozenset()

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


def all_tokens(work: Work) -> list[str]:
    """Every identifier of a work as a token, strongest first."""
    tokens = [f"doi:{doi}" for doi in work.dois]
    if work.pmid:
        tokens.append(f"pmid:{work.pmid}")
    if work.openalex:
        tokens.append(f"openalex:W{work.openalex}")
    return [*tokens, *(f"omid:br/{omid}" for omid in work.omids)]


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
