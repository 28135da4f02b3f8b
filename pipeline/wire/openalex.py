"""OpenAlex works on the wire, and each as a record.

Read in 2026: the shape of the API of that year, with what older answers and snapshots
still hold (`host_venue`, integer ids, Crossref's type words). Anything may be null or
missing. What does not read as an identifier is left out and the record is kept: the
work is known by its other names, and the text stays in the archive.
"""

import re
from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.wire.abstract import abstract_of_index
from pipeline.wire.faultless import faultless_reader
from pipeline.wire.items import no_flag
from pipeline.wire.openalex_types import openalex_type
from pipeline.wire.text import plain_text
from schemas.dates import PartialDate, parse_date, partial_date
from schemas.identifiers import (
    SCHEMES,
    Scheme,
    normalise_doi,
    normalise_openalex,
    normalise_orcid,
    normalise_pmcid,
    normalise_pmid,
    token,
)
from schemas.provenance import Absent
from schemas.work import Author, VersionLink, WorkRecord

LIST_AUTHOR_CAP: Final = 100
"""Lists show no more authors than this; the single look-up shows all."""

# Stood for "no author" in 2023: shared by all nameless authors, so no identifier.
_NO_AUTHOR: Final = "A9999999999"
_WORK_PREFIX: Final = "https://openalex.org/W"
_AUTHOR_ID: Final = re.compile(r"A\d+", re.IGNORECASE)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


MAX_COUNT: Final = 10**12
# What no count or year can be is an error of the record, not of the table it goes to.
_Count: TypeAlias = Annotated[int, Field(ge=0, le=MAX_COUNT), BeforeValidator(no_flag)]
_Year: TypeAlias = Annotated[
    int, Field(ge=-(10**6), le=10**6), BeforeValidator(no_flag)
]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class _Ids(_Wire):
    openalex: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None


class _Venue(_Wire):
    display_name: str | None = None
    issn_l: str | None = None
    issn: Annotated[list[str | None] | None, BeforeValidator(_as_list)] = None
    host_organization_name: str | None = None
    publisher: str | None = None


class _Location(_Wire):
    source: _Venue | None = None
    raw_source_name: str | None = None
    license: str | None = None
    landing_page_url: str | None = None
    pdf_url: str | None = None


class _OpenAccess(_Wire):
    oa_url: str | None = None


class _AuthorName(_Wire):
    id: str | None = None
    display_name: str | None = None
    orcid: str | None = None


class _Authorship(_Wire):
    author: _AuthorName | None = None
    author_position: str | None = None
    raw_author_name: str | None = None
    raw_orcid: str | None = None


class WireWork(_Wire):
    """A work as OpenAlex sends it: the fields we use."""

    id: str | None = None
    doi: str | None = None
    ids: _Ids | None = None
    title: str | None = None
    display_name: str | None = None
    type: str | None = None
    language: str | None = None
    publication_date: str | None = None
    publication_year: _Year | None = None
    primary_location: _Location | None = None
    host_venue: _Venue | None = None
    best_oa_location: _Location | None = None
    open_access: _OpenAccess | None = None
    authorships: list[_Authorship | None] | None = None
    authors_count: _Count | None = None
    is_authors_truncated: bool | None = None
    is_retracted: bool | None = None
    cited_by_count: _Count | None = None
    referenced_works: list[str | None] | None = None
    referenced_works_count: _Count | None = None
    abstract_inverted_index: object = None


class WirePage(_Wire):
    """A page of a list, of which every work is as it should be."""

    meta: dict[str, object]
    results: list[WireWork]


read_page = faultless_reader(WirePage, widening=(no_flag, _as_list))
"""A page without a fault; None if it must be looked at item by item."""


def work_record(
    index: int, wire: WireWork, asked_doi: str | None = None
) -> WorkRecord | Absent:
    """One work as a record; absent if it names no identifier at all.

    Args:
        index: position in the answer, from 0.
        wire: the work as sent.
        asked_doi: the DOI of a single look-up. If the work answers under another DOI,
            it is another version of what was asked for, not the same work: OpenAlex
            merges preprints into the journal article.

    Raises:
        ValueError: it names identifiers, but none that can be read.
    """
    tokens, other_version = _identify(wire, asked_doi)
    title = plain_text(wire.title) or plain_text(wire.display_name)
    if not tokens:
        subject = title or "a work without title"
        return Absent(index=index, subject=subject, cause="no identifier")
    publication_type, type_rule = openalex_type(wire.type, tokens)
    date, date_rule = _date(wire)
    place = wire.primary_location or _Location()
    venue = place.source or wire.host_venue or _Venue()
    open_copy = wire.best_oa_location or _Location()
    return WorkRecord(
        index=index,
        record_key=next((t for t in tokens if t.startswith("openalex:")), tokens[0]),
        tokens=tuple(tokens),
        version_links=other_version,
        title=title,
        publication_type=publication_type,
        raw_type=wire.type,
        type_rule=type_rule,
        published_date=date,
        date_rule=date_rule,
        container_title=plain_text(venue.display_name)
        or plain_text(place.raw_source_name),
        issn_l=venue.issn_l or None,
        issns=tuple(sorted({issn for issn in venue.issn or () if issn})),
        publisher=plain_text(venue.host_organization_name or venue.publisher),
        language=wire.language or None,
        is_retracted=wire.is_retracted,
        oa_url=_open_url(wire.open_access or _OpenAccess(), open_copy),
        licence=open_copy.license or place.license or None,
        authors=_authors(wire.authorships),
        is_complete=not _is_shortened(wire),
        references=_references(wire.referenced_works or ()),
        reference_count=wire.referenced_works_count,
        cited_by_count=wire.cited_by_count,
        abstract=abstract_of_index(wire.abstract_inverted_index),
    )


def _identify(
    wire: WireWork, asked_doi: str | None
) -> tuple[list[str], tuple[VersionLink, ...]]:
    ids = wire.ids or _Ids()
    offered: list[tuple[Scheme, Callable[[str], str], str | None]] = [
        ("openalex", normalise_openalex, wire.id),
        ("openalex", normalise_openalex, ids.openalex),
        ("doi", normalise_doi, wire.doi),
        ("doi", normalise_doi, ids.doi),
        ("pmid", normalise_pmid, ids.pmid),
        ("pmcid", normalise_pmcid, ids.pmcid),
    ]
    found: dict[Scheme, str] = {}
    problems: dict[str, None] = {}
    for scheme, normalise, text in offered:
        if not text or scheme in found:
            continue
        try:
            found[scheme] = normalise(text)
        except ValueError as err:
            problems[str(err)] = None
    if asked_doi:
        found.setdefault("doi", asked_doi)
    if problems and not found:
        raise ValueError("; ".join(problems))
    tokens = [token(scheme, found[scheme]) for scheme in SCHEMES if scheme in found]
    if not asked_doi or found["doi"] == asked_doi:
        return tokens, ()
    asked = token("doi", asked_doi)
    return tokens, (VersionLink(relation="is-version-of", token=asked),)


def _date(wire: WireWork) -> tuple[PartialDate | None, str | None]:
    if date := parse_date(wire.publication_date):
        return date, "publication_date"
    if wire.publication_year is None:
        return None, None
    year = partial_date([wire.publication_year])
    if year and wire.publication_date:
        year = year.model_copy(update={"raw": wire.publication_date})
    return year, "publication_year"


def _open_url(access: _OpenAccess, copy: _Location) -> str | None:
    return access.oa_url or copy.pdf_url or copy.landing_page_url or None


def _authors(
    authorships: Sequence[_Authorship | None] | None,
) -> tuple[Author, ...] | None:
    if authorships is None:
        return None
    return tuple(
        _author(position, authorship, authorship.author or _AuthorName())
        for position, authorship in enumerate(authorships, start=1)
        if authorship
    )


def _author(position: int, authorship: _Authorship, author: _AuthorName) -> Author:
    last_part = (author.id or "").rpartition("/")[2]
    author_id = last_part.upper() if _AUTHOR_ID.fullmatch(last_part) else None
    return Author(
        position=position,
        name=plain_text(author.display_name or authorship.raw_author_name) or "",
        orcid=_orcid(author.orcid) or _orcid(authorship.raw_orcid),
        openalex_author_id=None if author_id == _NO_AUTHOR else author_id,
    )


def _orcid(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return normalise_orcid(text)
    except ValueError:
        return None


def _is_shortened(wire: WireWork) -> bool:
    shown = wire.authorships
    if shown is None:
        return False
    if wire.is_authors_truncated or (wire.authors_count or 0) > len(shown):
        return True
    # A whole byline ends with the author whom OpenAlex calls the last.
    last = shown[-1] if shown else None
    ends_early = last is not None and last.author_position == "middle"
    return len(shown) == LIST_AUTHOR_CAP and ends_early


def _references(texts: Sequence[str | None]) -> tuple[str, ...]:
    # Of one scheme, so that their order is that of the texts.
    return tuple(sorted({name for name in map(_reference, texts) if name}))


def _reference(text: str | None) -> str | None:
    digits = (text or "").removeprefix(_WORK_PREFIX)
    if digits.isdecimal() and digits.isascii():
        return f"openalex:W{digits}"
    try:
        return token("openalex", normalise_openalex(text or ""))
    except ValueError:
        return None
