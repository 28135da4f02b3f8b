"""A work of a simulated world: what is true, and what each source makes of it."""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from pipeline.simulator.kinds import ARTICLE, Kind

View = Literal[
    "crossref",
    "datacite",
    "europepmc",
    "openalex",
    "semanticscholar",
    "opencitations",
]

VIEWS: Final[tuple[View, ...]] = (
    "crossref",
    "datacite",
    "europepmc",
    "openalex",
    "semanticscholar",
    "opencitations",
)
"""The sources that describe works, strongest first."""

EVERYWHERE: Final[frozenset[View]] = frozenset(
    {"crossref", "openalex", "opencitations"}
)
"""The sources that hold a work of any field, as long as Crossref registered it."""

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
        pmcid: digits of its PMCID, if it is in PubMed Central.
        arxiv: its bare arXiv identifier.
        relations: DataCite's related identifiers: (relationType, key of the other).
        openalex_home: key of the work into whose record OpenAlex merged this one.
        index_ids, meta_ids: the identifiers besides the OMID that OpenCitations'
            Index and Meta hold.
        has_meta_authors: whether OpenCitations knows who wrote it.
        index_extra: identifiers of other works that the Index mistakes for its own.
        retracted_in: of a retracted work, the sources that mark it as such; Crossref
            says it by `updated_by`.
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
    pmcid: int | None = None
    arxiv: str | None = None
    openalex: int | None = None
    omids: tuple[str, ...] = ()
    agency: str | None = "Crossref"
    known_to: frozenset[View] = EVERYWHERE
    authors: tuple[Contributor, ...] = ()
    venue: Venue | None = None
    dates: Mapping[View, DateParts] = field(default_factory=dict)
    published_as: str | None = None
    openalex_home: str | None = None
    relations: tuple[tuple[str, str], ...] = ()
    updated_by: tuple[Update, ...] = ()
    update_to: tuple[Update, ...] = ()
    is_retracted: bool = False
    retracted_in: frozenset[View] = frozenset({"openalex", "europepmc"})
    index_ids: tuple[str, ...] = ("doi", "pmid")
    index_extra: tuple[str, ...] = ()
    has_meta_authors: bool = True
    meta_ids: tuple[str, ...] = ("doi", "pmid", "openalex")
    patches: Mapping[View, Mapping[str, Any]] = field(default_factory=dict)

    def date(self, view: View) -> DateParts:
        """When it appeared, as this source has it."""
        return self.dates.get(view, self.published)

    @property
    def s2(self) -> str | None:
        """Its paperId, 40 hex digits; None where Semantic Scholar has no paper."""
        if "semanticscholar" not in self.known_to:
            return None
        return hashlib.sha1(self.key.encode(), usedforsecurity=False).hexdigest()

    @property
    def epmc(self) -> tuple[str, str] | None:
        """Its source and id in Europe PMC, such as ``("MED", "990000001")``.

        None where Europe PMC does not have it.
        """
        if "europepmc" not in self.known_to:
            return None
        if self.pmid:
            return ("MED", str(self.pmid))
        if self.pmcid:
            return ("PMC", f"PMC{self.pmcid}")
        return ("PPR", f"PPR{zlib.crc32(self.key.encode()) % 10_000_000}")

    @property
    def dois(self) -> tuple[str, ...]:
        """All its DOIs in lower case, the prime one first."""
        own = (self.doi,) if self.doi else ()
        return tuple(doi.lower() for doi in (*own, *self.alias_dois))


def all_tokens(work: Work) -> list[str]:
    """Every identifier of a work as a token, strongest first."""
    tokens = [f"doi:{doi}" for doi in work.dois]
    if work.pmid:
        tokens.append(f"pmid:{work.pmid}")
    if work.pmcid:
        tokens.append(f"pmcid:PMC{work.pmcid}")
    if work.arxiv:
        tokens.append(f"arxiv:{work.arxiv}")
    if work.openalex:
        tokens.append(f"openalex:W{work.openalex}")
    if work.s2:
        tokens.append(f"s2:{work.s2}")
    tokens += [f"omid:br/{omid}" for omid in work.omids]
    if work.epmc:
        tokens.append("epmc:{}/{}".format(*work.epmc))
    return tokens
