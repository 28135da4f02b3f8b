"""A paper of Semantic Scholar on the wire, and as a record.

Source: https://api.semanticscholar.org/api-docs/graph, read 2026-11-22; and the first
API (``/v1/paper``), whose answers still lie in files. Anything may be null or missing.
What does not read as an identifier is left out and the record is kept: the paper is
known by its other names, and the text stays in the archive.

Papers that stand inside a paper (`citations`, `references`) are not read: they are cut
off without a word. What cites and what is cited is asked for in lists.
"""

import re
from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeAlias

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.wire.abstract import abstract_text
from pipeline.wire.items import no_flag
from pipeline.wire.semanticscholar_types import semanticscholar_type
from pipeline.wire.text import plain_text
from schemas.dates import PartialDate, parse_date, partial_date
from schemas.identifiers import (
    Scheme,
    normalise_arxiv,
    normalise_doi,
    normalise_orcid,
    normalise_pmcid,
    normalise_pmid,
    sorted_tokens,
    token,
)
from schemas.provenance import Absent
from schemas.work import Author, VersionLink, WorkRecord

_PAPER_ID: Final = re.compile(r"[0-9a-f]{40}")
_ARXIV_PREFIX: Final = "10.48550/arxiv."

_Count: TypeAlias = Annotated[int, Field(ge=0, le=10**12), BeforeValidator(no_flag)]
_Year: TypeAlias = Annotated[
    int, Field(ge=-(10**6), le=10**6), BeforeValidator(no_flag)
]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class _ExternalIds(_Wire):
    doi: str | None = Field(default=None, alias="DOI")
    pmid: str | None = Field(default=None, alias="PubMed")
    pmcid: str | None = Field(default=None, alias="PubMedCentral")
    arxiv: str | None = Field(default=None, alias="ArXiv")


class WireName(_Wire):
    """What names a paper; a paper that Semantic Scholar has not got has no paperId."""

    paper_id: str | None = Field(default=None, alias="paperId")
    external_ids: _ExternalIds | None = Field(default=None, alias="externalIds")
    former_doi: str | None = Field(default=None, alias="doi")
    former_arxiv: str | None = Field(default=None, alias="arxivId")
    title: str | None = None


class _AuthorIds(_Wire):
    orcid: str | None = Field(default=None, alias="ORCID")


class _AuthorName(_Wire):
    name: str | None = None
    external_ids: _AuthorIds | None = Field(default=None, alias="externalIds")


class _Journal(_Wire):
    name: str | None = None


class _Venue(_Wire):
    name: str | None = None
    issn: str | None = None
    alternate_issns: list[str | None] | None = None


class _OpenPdf(_Wire):
    url: str | None = None
    license: str | None = None


class WirePaper(WireName):
    """A paper as Semantic Scholar sends it: the fields we use."""

    abstract: str | None = None
    venue: str | None = None
    publication_venue: _Venue | None = Field(default=None, alias="publicationVenue")
    journal: _Journal | None = None
    year: _Year | None = None
    publication_date: str | None = Field(default=None, alias="publicationDate")
    publication_types: list[str | None] | None = Field(
        default=None, alias="publicationTypes"
    )
    authors: list[_AuthorName | None] | None = None
    citation_count: _Count | None = Field(
        default=None, validation_alias=AliasChoices("citationCount", "numCitedBy")
    )
    reference_count: _Count | None = Field(
        default=None, validation_alias=AliasChoices("referenceCount", "numCiting")
    )
    open_pdf: _OpenPdf | None = Field(default=None, alias="openAccessPdf")


def paper_tokens(wire: WireName) -> tuple[str, ...]:
    """All identifiers of a paper as tokens, strongest first; none, an empty tuple.

    Raises:
        ValueError: it names identifiers, but none that can be read.
    """
    ids = wire.external_ids or _ExternalIds()
    offered: list[tuple[Scheme, Callable[[str], str], str | None]] = [
        ("s2", _paper_id, wire.paper_id),
        ("doi", normalise_doi, ids.doi or wire.former_doi),
        ("pmid", normalise_pmid, ids.pmid),
        ("pmcid", normalise_pmcid, ids.pmcid),
        ("arxiv", normalise_arxiv, ids.arxiv or wire.former_arxiv),
    ]
    found: list[str] = []
    problems: list[str] = []
    for scheme, normalise, text in offered:
        if not text:
            continue
        try:
            found.append(token(scheme, normalise(text)))
        except ValueError as err:
            problems.append(str(err))
    if problems and not found:
        raise ValueError("; ".join(problems))
    return tuple(sorted_tokens(found))


def work_record(
    index: int, wire: WirePaper, asked_doi: str | None = None
) -> WorkRecord | Absent:
    """One paper as a record; absent if it names no identifier at all.

    Args:
        index: position in the answer, from 0.
        wire: the paper as sent.
        asked_doi: the DOI that this paper answers to. If the paper goes by another
            DOI it is another version of what was asked for, not the same work:
            Semantic Scholar merges preprints into the article.

    Raises:
        ValueError: it names identifiers, but none that can be read.
    """
    tokens = paper_tokens(wire)
    title = plain_text(wire.title)
    if not tokens:
        subject = title or "a paper without title"
        return Absent(index=index, subject=subject, cause="no identifier")
    asked = token("doi", asked_doi) if asked_doi else None
    if asked and not tokens[0].startswith("doi:"):
        tokens = (asked, *tokens)
    words = [word for word in wire.publication_types or () if word]
    publication_type, type_rule = semanticscholar_type(words)
    date, date_rule = _date(wire)
    venue, pdf = wire.publication_venue or _Venue(), wire.open_pdf or _OpenPdf()
    return WorkRecord(
        index=index,
        record_key=next((t for t in tokens if t.startswith("s2:")), tokens[0]),
        tokens=tokens,
        version_links=_version_links(tokens, asked),
        title=title,
        publication_type=publication_type,
        raw_type="; ".join(words) or None,
        type_rule=type_rule,
        published_date=date,
        date_rule=date_rule,
        container_title=_container_title(wire, venue),
        issns=_issns(venue),
        oa_url=(pdf.url or "").strip() or None,
        licence=pdf.license or None,
        authors=_authors(wire.authors),
        reference_count=wire.reference_count,
        cited_by_count=wire.citation_count,
        abstract=abstract_text(wire.abstract),
    )


def _paper_id(text: str) -> str:
    bare = text.strip().lower()
    if not _PAPER_ID.fullmatch(bare):
        raise ValueError(f"not a paperId: {text[:60]!r} (expected 40 hex digits)")
    return bare


def _version_links(tokens: Sequence[str], asked: str | None) -> tuple[VersionLink, ...]:
    """The versions that Semantic Scholar holds in this one paper, as links."""
    links = {}
    if asked and tokens[0] != asked:
        links[asked] = "is-version-of"
    arxiv = next((t for t in tokens if t.startswith("arxiv:")), None)
    if arxiv and tokens[0].startswith("doi:"):
        preprint = token("doi", _ARXIV_PREFIX + arxiv.removeprefix("arxiv:"))
        if preprint != tokens[0]:
            links.setdefault(preprint, "has-preprint")
    return tuple(
        VersionLink(relation=relation, token=other)
        for other, relation in sorted(links.items())
    )


def _date(wire: WirePaper) -> tuple[PartialDate | None, str | None]:
    if date := parse_date(wire.publication_date):
        return date, "publicationDate"
    if wire.year is None:
        return None, None
    year = partial_date([wire.year])
    if year and wire.publication_date:
        year = year.model_copy(update={"raw": wire.publication_date})
    return year, "year"


def _container_title(wire: WirePaper, venue: _Venue) -> str | None:
    # The journal's own name as printed; the venue is what Semantic Scholar made of it.
    offered = ((wire.journal or _Journal()).name, venue.name, wire.venue)
    return next((title for text in offered if (title := plain_text(text))), None)


def _issns(venue: _Venue) -> tuple[str, ...]:
    offered = (venue.issn, *(venue.alternate_issns or ()))
    return tuple(sorted({issn.strip() for issn in offered if issn and issn.strip()}))


def _authors(names: Sequence[_AuthorName | None] | None) -> tuple[Author, ...] | None:
    if names is None:
        return None
    return tuple(
        Author(
            position=position,
            name=plain_text(author.name) or "",
            orcid=_orcid((author.external_ids or _AuthorIds()).orcid),
        )
        for position, author in enumerate(names, start=1)
        if author
    )


def _orcid(text: str | None) -> str | None:
    try:
        return normalise_orcid(text or "")
    except ValueError:
        return None
