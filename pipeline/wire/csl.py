"""CSL JSON, the one format that every registration agency gives for its DOIs.

Agencies differ: titles come as text or as a list, date parts as numbers or text, types
in the words of CSL or of Crossref.

Source: https://docs.citationstyles.org (CSL 1.0.2, appendix III) and
https://citation.doi.org/docs.html, read 2026-11-22.
"""

import re
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.wire.abstract import abstract_text
from pipeline.wire.text import plain_text
from schemas.dates import PartialDate, parse_date, partial_date
from schemas.identifiers import Doi, normalise_orcid, token
from schemas.publication_type import PublicationType
from schemas.work import Author, WorkRecord

_TYPES: Final[dict[str, PublicationType]] = {
    "article-journal": "article",
    "journal-article": "article",
    "review": "review",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "chapter": "book-chapter",
    "book-chapter": "book-chapter",
    "book-section": "book-chapter",
    "entry": "book-chapter",
    "entry-dictionary": "book-chapter",
    "entry-encyclopedia": "book-chapter",
    "reference-entry": "book-chapter",
    "paper-conference": "conference-paper",
    "proceedings-article": "conference-paper",
    "speech": "conference-paper",
    "dataset": "dataset",
    "thesis": "dissertation",
    "dissertation": "dissertation",
    "report": "report",
    "standard": "report",
    "peer-review": "peer-review",
    # DataCite's word for whatever has no word of its own, preprints among it.
    "article": "other",
    "article-magazine": "other",
    "article-newspaper": "other",
    "bill": "other",
    "broadcast": "other",
    "collection": "other",
    "component": "other",
    "document": "other",
    "figure": "other",
    "graphic": "other",
    "interview": "other",
    "journal": "other",
    "journal-issue": "other",
    "legal_case": "other",
    "legislation": "other",
    "manuscript": "other",
    "map": "other",
    "motion_picture": "other",
    "musical_score": "other",
    "other": "other",
    "pamphlet": "other",
    "patent": "other",
    "periodical": "other",
    "personal_communication": "other",
    "post": "other",
    "post-weblog": "other",
    "proceedings": "other",
    "review-book": "other",
    "software": "other",
    "song": "other",
    "treaty": "other",
    "webpage": "other",
}
_PREPRINT_WORDS: Final = frozenset({"posted-content", "preprint"})
_PREPRINT_PREFIX: Final = "10.48550/"
"""arXiv, whose records DataCite calls articles, as it does many other things."""

_NUMBER: Final = re.compile(r"-?[0-9]+")

_DATES: Final = ("issued", "published-print", "published-online", "published")


def _first(value: object) -> object:
    if isinstance(value, list):
        return value[0] if value else None
    return value


def _all(value: object) -> object:
    if isinstance(value, list):
        return [item for item in value if item is not None]
    return [value] if isinstance(value, str) else value


def _date_shape(value: object) -> object:
    return {"raw": value} if isinstance(value, str) else value


def _parts_shape(value: object) -> object:
    # Some agencies leave out the list around the parts.
    is_flat = isinstance(value, list) and value and not isinstance(value[0], list)
    return [value] if is_flat else value


def _part(value: object) -> object:
    # Some agencies write the parts as text: the missing ones empty, months by name.
    is_word = isinstance(value, str) and not _NUMBER.fullmatch(value.strip())
    return None if is_word else value


First = Annotated[str | None, BeforeValidator(_first)]
DatePart = Annotated[
    Annotated[int, Field(ge=-999_999, le=999_999)] | None, BeforeValidator(_part)
]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class CslDate(_Wire):
    """A date; the first of `date_parts` is its beginning."""

    date_parts: Annotated[
        list[list[DatePart]] | None, BeforeValidator(_parts_shape)
    ] = Field(default=None, alias="date-parts")
    raw: str | None = None
    literal: str | None = None


AnyDate = Annotated[CslDate | None, BeforeValidator(_date_shape)]


class CslName(_Wire):
    """A person, or under `literal` or `name` an organisation."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None
    name: str | None = None
    orcid: First = Field(default=None, alias="ORCID")


class CslItem(_Wire):
    """One work."""

    doi: Doi = Field(alias="DOI")
    type: str | None = None
    title: First = None
    container_title: First = Field(default=None, alias="container-title")
    issns: Annotated[list[str] | None, BeforeValidator(_all)] = Field(
        default=None, alias="ISSN"
    )
    publisher: str | None = None
    language: str | None = None
    abstract: str | None = None
    author: Annotated[list[CslName] | None, BeforeValidator(_all)] = None
    issued: AnyDate = None
    published_print: AnyDate = Field(default=None, alias="published-print")
    published_online: AnyDate = Field(default=None, alias="published-online")
    published: AnyDate = None


def csl_record(index: int, item: CslItem) -> WorkRecord:
    """The work, by its DOI."""
    publication_type, type_rule = _publication_type(item)
    published, date_rule = _published(item)
    key = token("doi", item.doi)
    return WorkRecord(
        index=index,
        record_key=key,
        tokens=(key,),
        title=plain_text(item.title),
        publication_type=publication_type,
        raw_type=item.type,
        type_rule=type_rule,
        published_date=published,
        date_rule=date_rule,
        container_title=plain_text(item.container_title),
        issns=tuple(sorted(set(item.issns or ()))),
        publisher=plain_text(item.publisher),
        language=item.language or None,
        authors=_authors(item.author),
        abstract=abstract_text(item.abstract),
    )


def _publication_type(
    item: CslItem,
) -> tuple[PublicationType, Literal["preprint", "table", "unknown"]]:
    word = (item.type or "").strip().lower()
    if word in _PREPRINT_WORDS or (
        word == "article" and item.doi.startswith(_PREPRINT_PREFIX)
    ):
        return "preprint", "preprint"
    found = _TYPES.get(word)
    return (found, "table") if found else ("other", "unknown")


def _published(item: CslItem) -> tuple[PartialDate | None, str | None]:
    dates = (item.issued, item.published_print, item.published_online, item.published)
    for rule, date in zip(_DATES, dates, strict=True):
        if date and (found := _date(date)):
            return found, rule
    return None, None


def _date(date: CslDate) -> PartialDate | None:
    parts = date.date_parts[0] if date.date_parts else []
    return partial_date(parts) or parse_date(date.raw) or parse_date(date.literal)


def _authors(names: list[CslName] | None) -> tuple[Author, ...] | None:
    if names is None:
        return None
    printed = [(name, shown) for name in names if (shown := _printed(name))]
    return tuple(
        Author(
            position=position,
            name=shown,
            family=plain_text(name.family),
            given=plain_text(name.given),
            orcid=_orcid(name.orcid),
        )
        for position, (name, shown) in enumerate(printed, start=1)
    )


def _printed(name: CslName) -> str | None:
    person = " ".join(part for part in (name.given, name.family) if part)
    return plain_text(person or name.literal or name.name)


def _orcid(text: str | None) -> str | None:
    try:
        return normalise_orcid(text) if text else None
    except ValueError:
        return None
