"""The lists of references: which work each entry is, and its ids and numbers."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from pipeline.statements.article import HREF, Element, plain_text
from schemas.identifiers import normalise_doi, normalise_pmcid, normalise_pmid

_WORKS: Final = ("mixed-citation", "element-citation", "nlm-citation", "citation")
_LINKS: Final = ("ext-link", "uri", "comment", "elocation-id")
_TITLES: Final = ("article-title", "chapter-title", "data-title", "part-title")
_TOLD: Final = ("label", "pub-id", *_WORKS, *_LINKS, *_TITLES)
_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+")
_PLAIN_DOI: Final = re.compile(
    r"10\.\d{4,9}/[-._/:()]?[a-z0-9]+(?:[-._/:()][a-z0-9]+)*"
)
"""A DOI in lower case that `normalise_doi` leaves as it is: nine of ten."""

_NUMBER: Final = re.compile(r"\W*(\d{1,4})\W*")
"""A label that is a number: 7, 7., [7], (7), 7••."""


class Reference(NamedTuple):
    """An entry of a list of references.

    Attributes:
        place: among all entries of the article, from 0.
        ref_id: of the entry; empty if it has none.
        number: of its label; None: it has no label, or one that is no number.
        works: usually one; of entries such as "7a, 7b" one each.
    """

    place: int
    ref_id: str
    number: int | None
    works: tuple["ToldWork", ...]


class References:
    """All entries of an article, by the ids that citations use and by their numbers."""

    def __init__(self, entries: Sequence[Reference], ids: Mapping[str, int]) -> None:
        self.entries = entries
        self._ids = ids
        numbers = [one.number for one in entries]
        self._by_number = {
            number: place for place, number in enumerate(numbers) if number is not None
        }
        # Two lists that both count from 1: a number says nothing.
        if len(self._by_number) < sum(number is not None for number in numbers):
            self._by_number = {}

    def named(self, rid: str | None) -> tuple[int, ...]:
        """Places of the entries that a rid names: one id, or several with blanks."""
        if not rid:
            return ()
        if (place := self._ids.get(rid)) is not None:
            return (place,)
        found = (self._ids.get(each) for each in rid.split())
        return tuple(place for place in found if place is not None)

    def between(self, first: int, last: int) -> list[int]:
        """Places of the entries with the numbers from first to last; [] if in doubt.

        All of them must be there: a range that leaves the list is none.
        """
        if not first < last <= first + _LONGEST_RANGE:
            return []
        places = [self._by_number.get(number) for number in range(first, last + 1)]
        return (
            [] if None in places else [place for place in places if place is not None]
        )

    def numbered(self, number: int) -> list[int]:
        """The place of the entry with a number; [] if there is none."""
        place = self._by_number.get(number)
        return [] if place is None else [place]

    def number_of(self, place: int) -> int | None:
        """The number of an entry."""
        return self.entries[place].number


_LONGEST_RANGE: Final = 100
"""Nobody cites more works at once; 1900-1999 are years."""


def references_of(refs: Iterable[Element]) -> References:
    """The references of an article, given its `ref` elements in order."""
    entries: list[Reference] = []
    ids: dict[str, int] = {}
    for place, ref in enumerate(refs):
        entry, own_ids = _reference(ref, place)
        entries.append(entry)
        for element_id in own_ids:
            ids.setdefault(element_id, place)
    return References(_numbered(entries), ids)


def _numbered(entries: list[Reference]) -> list[Reference]:
    """Entries of a list without any label are numbered as they stand."""
    if any(entry.number is not None for entry in entries):
        return entries
    return [entry._replace(number=entry.place + 1) for entry in entries]


def _reference(ref: Element, place: int) -> tuple[Reference, list[str]]:
    """An entry, and all ids by which it may be cited."""
    ids = [ref_id] if (ref_id := ref.get("id")) else []
    number: int | None = None
    told: list[ToldWork] = []
    # One pass: a list of references is as long as the rest of the article.
    for element in ref.iter(*_TOLD):
        tag = element.tag
        if tag == "label":
            number = _number(element) if number is None else number
        elif tag in _WORKS:
            told.append(ToldWork(element))
            if element_id := element.get("id"):
                ids.append(element_id)
        else:
            if not told:
                told.append(ToldWork(ref))
            told[-1].note(element)
    works = _each_once(told or [ToldWork(ref)])
    return Reference(place, ref_id or "", number, works), ids


def _number(label: Element) -> int | None:
    text = plain_text(label) if len(label) else (label.text or "")
    found = _NUMBER.fullmatch(text)
    return int(found.group(1)) if found else None


def _each_once(told: list["ToldWork"]) -> tuple["ToldWork", ...]:
    """Alternatives tell of one work twice: for people and for machines."""
    if len(told) == 1:
        return (told[0],)
    machine = [one for one in told if one.is_for_machines]
    return tuple(machine if machine and len(machine) < len(told) else told)


class ToldWork:
    """A work as a reference tells of it; what nobody asks for is not even read."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._parts: list[Element] = []

    @property
    def is_for_machines(self) -> bool:
        """Whether it is made of fields, not of text."""
        return bool(self._element.tag == "element-citation")

    def note(self, part: Element) -> None:
        """Take in one of its parts."""
        self._parts.append(part)

    @cached_property
    def doi(self) -> str | None:
        """Its DOI in normal form; None: it has none that is one."""
        if found := _doi(self._id("doi")):
            return found
        for part in self._parts:
            if part.tag in _LINKS:
                text = part.get(HREF) or plain_text(part)
                if found := _doi_in(text):
                    return found
        return None if self.is_for_machines else _doi_in(plain_text(self._element))

    @cached_property
    def pmid(self) -> str | None:
        """Its PMID in normal form."""
        return _normal(normalise_pmid, self._id("pmid"))

    @cached_property
    def pmcid(self) -> str | None:
        """Its PMCID in normal form."""
        return _normal(normalise_pmcid, self._id("pmcid"))

    @cached_property
    def title(self) -> str | None:
        """Its title, as printed."""
        for part in self._parts:
            if part.tag in _TITLES and (text := plain_text(part)):
                return text
        return None

    def _id(self, scheme: str) -> str | None:
        for part in self._parts:
            if (
                part.tag == "pub-id"
                and (part.get("pub-id-type") or "").lower() == scheme
            ):
                return part.text or ""
        return None


def _doi(text: str | None) -> str | None:
    if text and _PLAIN_DOI.fullmatch(lower := text.lower()):
        return lower
    return _normal(normalise_doi, text)


def _doi_in(text: str) -> str | None:
    found = _DOI.search(text)
    return _normal(normalise_doi, found.group()) if found else None


def _normal(normalise: Callable[[str], str], text: str | None) -> str | None:
    if not text:
        return None
    try:
        return normalise(text)
    except ValueError:
        return None
