"""What the readers of all formats hand on: entries, and what is broken."""

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from schemas.identifiers import normalise_doi


class Entry(NamedTuple):
    """A work as a file has it.

    Attributes:
        line: where its DOI stands, else where it begins; counted from 1. None: the
            format has no lines.
        doi: as it stands there, not checked; None: the entry has none.
        key: its name in the file; None: it has none.
    """

    line: int | None
    doi: str | None
    key: str | None = None


class Broken(NamedTuple):
    """An entry that cannot be read; `message` says why.

    Attributes:
        is_file: it is not an entry but the file as a whole.
    """

    line: int | None
    message: str
    key: str | None = None
    is_file: bool = False


Read: TypeAlias = Iterator[Entry | Broken]
"""In the order of the file; every entry is in exactly one item: the counts add up."""

_LINKS: Final = ("doi.org/", "doi:")


def doi_in_link(text: str) -> str | None:
    """The text if it is a link to a DOI, `https://doi.org/10...` or `doi:10...`.

    For fields that hold links of all kinds: any other link is no fault.
    """
    is_link = any(mark in text.lower() for mark in _LINKS)
    return text.strip() if is_link and is_doi(text) else None


def is_doi(text: str) -> bool:
    """Whether the text is a DOI, in any spelling."""
    try:
        normalise_doi(text)
    except ValueError:
        return False
    return True
