"""A work as DataCite writes it.

DataCite hands on what repositories deposit, and that is often not what the schema says:
one object in place of a list, numbers as text, ``(:unav)`` where nothing is known. A
field that cannot be read is a field that is not there; it never costs the record. Only
a DOI that cannot be read does, and that is for whoever makes a record of it to say.

Names come as ``publicationYear``, and in older exports as ``publication_year`` or
``publication-year``: all are read as the first.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from schemas.dates import PartialDate, parse_date

MAX_COUNT: Final = 2**53
_DIGITS: Final = re.compile(r"[0-9]{1,15}")

_NOT_KNOWN: Final = re.compile(
    r"\s*\(?:(?:unac|unal|unap|unas|unav|unkn|none|null|tba)\)?\s*", re.IGNORECASE
)
"""Source: DataCite Metadata Schema 4.7, appendix 3: codes for values that are missing;
but for ``(:etal)``, which says something of the others in its list."""


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):  # a title may be a year
        value = str(value)
    if not isinstance(value, str) or _NOT_KNOWN.fullmatch(value):
        return None
    return value.strip() or None


def _number(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    digits = str(value).strip()
    is_number = isinstance(value, int | str) and not isinstance(value, bool)
    if not is_number or not _DIGITS.fullmatch(digits):
        return None
    return int(digits) if int(digits) <= MAX_COUNT else None


def _year(value: object) -> PartialDate | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_year = isinstance(value, int | str) and not isinstance(value, bool)
    return parse_date(str(value)) if is_year else None


def _objects(name: str) -> Callable[[object], object]:
    """Reads a list of objects; of texts, each becomes an object with this field."""

    def read(value: object) -> tuple[object, ...]:
        items = value if isinstance(value, list | tuple) else [value]
        named = [{name: item} if isinstance(item, str) else item for item in items]
        return tuple(item for item in named if isinstance(item, dict))

    return read


def _object(name: str) -> Callable[[object], object]:
    """Reads one object, likewise; None where there is no such thing."""

    def read(value: object) -> object:
        found = _objects(name)(value)
        return found[0] if isinstance(found, tuple) and found else None

    return read


Text = Annotated[str | None, BeforeValidator(_text)]
Count = Annotated[int | None, BeforeValidator(_number)]
Year = Annotated[PartialDate | None, BeforeValidator(_year)]


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)

    @model_validator(mode="before")
    @classmethod
    def _in_one_spelling(cls, value: Any) -> Any:  # noqa: ANN401 - JSON
        if not isinstance(value, dict):
            return value
        return {_camel(str(name)): item for name, item in value.items()}


def _camel(name: str) -> str:
    if "-" in name or "_" in name:
        return to_camel(name.replace("-", "_"))
    # ``Identifier`` and ``DOI``, in exports.
    return name.lower() if name.isupper() else name[:1].lower() + name[1:]


class WireIdentifier(_Wire):
    """Another identifier of the work itself."""

    identifier: Text = None
    identifier_type: Text = None


class WireTitle(_Wire):
    """A title; `title_type` stands only on those that are not the main one."""

    title: Text = None
    title_type: Text = None


class WireNameIdentifier(_Wire):
    """An ORCID iD or another number of a person or an organisation."""

    name_identifier: Text = None
    name_identifier_scheme: Text = None
    scheme_uri: Text = None


class WireCreator(_Wire):
    """A person or an organisation; `id` in exports, which hold an ORCID iD there."""

    name: Text = None
    given_name: Text = None
    family_name: Text = None
    name_type: Text = None
    type: Text = None
    id: Text = None
    name_identifiers: Annotated[
        tuple[WireNameIdentifier, ...], BeforeValidator(_objects("nameIdentifier"))
    ] = ()


class WirePublisher(_Wire):
    """Whoever holds, publishes or archives the work."""

    name: Text = None


class WireContainer(_Wire):
    """The journal, series or repository."""

    title: Text = None
    identifier: Text = None
    identifier_type: Text = None


class WireDate(_Wire):
    """A date; `date` may be a range, ``2010/2019``."""

    date: Text = None
    date_type: Text = None


class WireTypes(_Wire):
    """What kind of work it is, in DataCite's words and in those derived from them."""

    resource_type_general: Text = None
    resource_type: Text = None
    citeproc: Text = None
    bibtex: Text = None


class WireRights(_Wire):
    """A licence, or a sentence about rights."""

    rights: Text = None
    rights_uri: Text = None
    rights_identifier: Text = None


class WireDescription(_Wire):
    """A text about the work."""

    description: Text = None
    description_type: Text = None


class WireRelated(_Wire):
    """What the work relates to, and how."""

    relation_type: Text = None
    related_identifier: Text = None
    related_identifier_type: Text = None


class WireItemIdentifier(_Wire):
    """The identifier of a related item."""

    related_item_identifier: Text = None
    related_item_identifier_type: Text = None


class WireItem(_Wire):
    """A related work that is described in place, as it may have no identifier."""

    relation_type: Text = None
    titles: Annotated[tuple[WireTitle, ...], BeforeValidator(_objects("title"))] = ()
    related_item_identifier: Annotated[
        WireItemIdentifier | None, BeforeValidator(_object("relatedItemIdentifier"))
    ] = None


class DataciteWork(_Wire):
    """The attributes of one work, with the `id` of the resource around them."""

    id: Text = None
    doi: Text = None
    identifiers: Annotated[
        tuple[WireIdentifier, ...], BeforeValidator(_objects("identifier"))
    ] = ()
    titles: Annotated[tuple[WireTitle, ...], BeforeValidator(_objects("title"))] = ()
    creators: Annotated[
        tuple[WireCreator, ...] | None, BeforeValidator(_objects("name"))
    ] = None
    publisher: Annotated[WirePublisher | None, BeforeValidator(_object("name"))] = None
    container: Annotated[WireContainer | None, BeforeValidator(_object("title"))] = None
    publication_year: Year = None
    published: Year = None
    dates: Annotated[tuple[WireDate, ...], BeforeValidator(_objects("date"))] = ()
    types: Annotated[
        WireTypes | None, BeforeValidator(_object("resourceTypeGeneral"))
    ] = None
    language: Text = None
    rights_list: Annotated[
        tuple[WireRights, ...], BeforeValidator(_objects("rights"))
    ] = ()
    descriptions: Annotated[
        tuple[WireDescription, ...], BeforeValidator(_objects("description"))
    ] = ()
    related_identifiers: Annotated[
        tuple[WireRelated, ...], BeforeValidator(_objects("relatedIdentifier"))
    ] = ()
    related_items: Annotated[
        tuple[WireItem, ...], BeforeValidator(_objects("relatedItem"))
    ] = ()
    citation_count: Count = None
    reference_count: Count = None
    state: Text = None
