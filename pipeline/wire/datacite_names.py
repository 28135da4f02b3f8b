"""Creators, as DataCite names them, as authors."""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.wire.datacite_work import WireCreator, WireNameIdentifier
from pipeline.wire.text import plain_text
from schemas.identifiers import normalise_orcid
from schemas.work import Author

_PERSON: Final = frozenset({"personal", "person"})
_ORGANISATION: Final = frozenset({"organizational", "organization"})
_AND_OTHERS: Final = re.compile(r"\(?:etal\)?|et\.? al\.?", re.IGNORECASE)

_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_SIXTEEN: Final = re.compile(
    r"([0-9]{4})[ -]?([0-9]{4})[ -]?([0-9]{4})[ -]?([0-9]{3}[0-9X])/?$"
)


def authors(creators: Sequence[WireCreator]) -> tuple[tuple[Author, ...] | None, bool]:
    """The byline, None where there is none; and whether it is whole.

    A creator without a name keeps the place in the byline. One that is called "and
    others" (``(:etal)``) says that there are more.
    """
    listed = [
        author
        for position, creator in enumerate(creators, start=1)
        if (author := _author(position, creator))
    ]
    is_whole = not any(_AND_OTHERS.fullmatch(one.name or "") for one in creators)
    return tuple(listed) or None, is_whole


def _author(position: int, creator: WireCreator) -> Author | None:
    kind = (creator.name_type or creator.type or "").lower()
    name = plain_text(creator.name)
    family, given = plain_text(creator.family_name), plain_text(creator.given_name)
    if kind in _ORGANISATION and name:
        family = given = None
    elif kind in _PERSON and not family and not given:
        family, given = _parts(name)
    printed = " ".join(part for part in (given, family) if part) or name
    if not printed or _AND_OTHERS.fullmatch(printed):
        return None
    return Author(
        position=position,
        name=printed,
        family=family,
        given=given,
        orcid=_orcid(creator),
    )


def _parts(name: str | None) -> tuple[str | None, str | None]:
    """Family and given name of a person who is written ``Family, Given``."""
    family, _, given = (name or "").partition(",")
    if not family.strip() or not given.strip() or "," in given:
        return None, None
    return family.strip(), given.strip()


def _orcid(creator: WireCreator) -> str | None:
    offered = [
        one.name_identifier for one in creator.name_identifiers if _is_orcid(one)
    ]
    if creator.id and "orcid.org/" in creator.id.lower():
        offered.append(creator.id)
    for text in offered:
        try:
            return normalise_orcid(_hyphenated(text or ""))
        except ValueError:
            continue
    return None


def _is_orcid(one: WireNameIdentifier) -> bool:
    """Said by the scheme, its address, or the address that the number is written in.

    ISNIs have the same form as ORCID iDs, so that the form alone says nothing.
    """
    said = (one.name_identifier_scheme, one.scheme_uri, one.name_identifier)
    scheme, *addresses = ((text or "").lower() for text in said)
    return "orcid" in scheme or any("orcid.org" in text for text in addresses)


def _hyphenated(text: str) -> str:
    """Sixteen digits as four times four, whatever stands between them."""
    found = _SIXTEEN.search(_DASHES.sub("-", text.strip().upper()))
    return "-".join(found.groups()) if found else text
