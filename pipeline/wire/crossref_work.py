"""A work as Crossref writes it.

Crossref hands on what publishers deposit, in two dialects: its own, in which titles are
lists, and CSL JSON, in which they are strings. Only a record without a usable DOI, or
with a field of a shape that neither dialect has, is refused.
"""

import re
from collections.abc import Sequence
from typing import Annotated, Final, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.wire.items import no_flag
from schemas.dates import PartialDate, parse_date, partial_date
from schemas.identifiers import Doi

T = TypeVar("T")

_NUMBER: Final = re.compile(r"[0-9]{1,6}")
_MAX_COUNT: Final = 2**53


def _listed(value: object) -> object:
    # One text where a list of texts is meant (CSL), and nulls among the texts.
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(item for item in value if item is not None)
    return (value,) if isinstance(value, str) else value


def _relations(value: object) -> object:
    # A relation in another shape is no relation that can be used; the work stays.
    listed = value.items() if isinstance(value, dict) else ()
    return {
        name: tuple(item for item in items if isinstance(item, dict))
        for name, items in listed
        if isinstance(items, list)
    }


def _text_if_any(value: object) -> str | None:
    # For identifiers of other things: a bad one must not cost the record.
    if isinstance(value, list):
        value = next(iter(value), None)
    return value if isinstance(value, str) else None


def _date(value: object) -> PartialDate | None:
    # A date that cannot be read must not cost the record: other dates follow.
    if isinstance(value, str):
        return parse_date(value)
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        parts = parts[0]
    if isinstance(parts, list) and (found := partial_date(_numbers(parts))):
        return found
    raw = value.get("raw")
    return parse_date(raw) if isinstance(raw, str) else None


def _numbers(parts: Sequence[object]) -> list[int | None]:
    # What follows a part that is no number has lost its meaning.
    numbers: list[int | None] = []
    for part in parts:
        digits = str(part).strip().removesuffix(".0")
        if not _NUMBER.fullmatch(digits):
            break
        numbers.append(int(digits))
    return numbers


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


Listed = Annotated[tuple[T, ...], BeforeValidator(_listed)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]
WireDate = Annotated[PartialDate | None, BeforeValidator(_date)]
Identifier = Annotated[str | None, BeforeValidator(_text_if_any)]
Count = Annotated[int | None, Field(ge=0, le=_MAX_COUNT), BeforeValidator(no_flag)]


class WireAuthor(_Wire):
    """A person (``family``, ``given``) or an organisation (``name``)."""

    name: str | None = Field(
        default=None, validation_alias=AliasChoices("name", "literal")
    )
    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    orcid: Identifier = Field(default=None, alias="ORCID")


class WireIssn(_Wire):
    """An ISSN that says whether it is of print or of the electronic version."""

    value: Identifier = None


class WireUpdate(_Wire):
    """An update; its DOI is the notice's in ``updated-by``, else the updated work's."""

    doi: Identifier = Field(default=None, alias="DOI")
    type: str | None = None
    source: str | None = None
    updated: WireDate = None

    @property
    def kind(self) -> str:
        """The type in one spelling: ``expression_of_concern``."""
        return "_".join(re.split(r"[\s_-]+", (self.type or "").strip().lower()))


class WireReference(_Wire):
    """An entry of the reference list; most have no DOI."""

    doi: Identifier = Field(default=None, alias="DOI")


class WireLicence(_Wire):
    """A licence of one version: ``vor``, ``am``, ``tdm``, ``stm-asf``..."""

    url: str | None = Field(default=None, alias="URL")
    content_version: str | None = Field(default=None, alias="content-version")


class WireRelated(_Wire):
    """What a relation points to."""

    id: Identifier = None
    id_type: Identifier = Field(default=None, alias="id-type")


class CrossrefWork(_Wire):
    """One item of a work list, the message of a single work, or a line of a dump."""

    doi: Doi = Field(alias="DOI")
    alias: Texts = ()
    title: Texts = ()
    type: str | None = None
    subtype: str | None = None
    issued: WireDate = None
    published: WireDate = None
    published_online: WireDate = Field(default=None, alias="published-online")
    published_print: WireDate = Field(default=None, alias="published-print")
    posted: WireDate = None
    container_title: Texts = Field(default=(), alias="container-title")
    issn: Texts = Field(default=(), alias="ISSN")
    issn_of_kind: Listed[WireIssn] = Field(default=(), alias="issn-type")
    publisher: str | None = None
    language: str | None = None
    author: Listed[WireAuthor] = ()
    reference: Listed[WireReference] = ()
    references_count: Count = Field(
        default=None,
        validation_alias=AliasChoices("references-count", "reference-count"),
    )
    cited_by_count: Count = Field(default=None, alias="is-referenced-by-count")
    license: Listed[WireLicence] = ()
    abstract: str | None = None
    relation: Annotated[
        dict[str, tuple[WireRelated, ...]], BeforeValidator(_relations)
    ] = Field(default_factory=dict)
    update_to: Listed[WireUpdate] = Field(default=(), alias="update-to")
    updated_by: Listed[WireUpdate] = Field(default=(), alias="updated-by")
