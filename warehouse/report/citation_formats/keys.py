"""Citation keys: family name, year, and a letter where that is not enough."""

import re
import unicodedata
from collections import Counter
from string import ascii_lowercase
from typing import Final

from schemas.citable_work import CitableWork
from warehouse.report.citation_formats.parts import date_parts

_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME: Final = 40


class CitationKeys:
    """Keys for the works of one list: each is given once.

    The first work of a name and year has no letter, the next ones a, b, ... z, aa: a
    work that is added at the end of a list changes no key before it.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def key(self, work: CitableWork) -> str:
        """The next key for this work: ``moreau2019``, then ``moreau2019a``.

        Letters and digits of ASCII only. Without an author the first word of the title
        stands for the name, without a title the scheme of the identifier; without a
        year ``nd``.
        """
        year = next(iter(date_parts(work)), None)
        stem = f"{_name(work)}{'nd' if year is None else f'{year:04d}'}"
        count = self._given[stem]
        self._given[stem] += 1
        return stem + _letters(count)


def _name(work: CitableWork) -> str:
    first = work.authors[0] if work.authors else None
    said = (
        *((first.family, _last_word(first.name)) if first else ()),
        *(work.title or "").split()[:1],
        work.work_id.partition(":")[0],
    )
    return next((name for text in said if (name := _plain(text))), "work")


def _last_word(name: str) -> str:
    return (name.split() or [""])[-1]


def _plain(text: str | None) -> str:
    """The text as a name for programs; empty if no letter of it is left.

    No name ends with a digit: it would run into the year.
    """
    bare = unicodedata.normalize("NFKD", text or "").lower()
    plain = _NOT_PLAIN.sub("", bare.replace("ß", "ss").replace("ø", "o"))
    return plain[:_LONGEST_NAME].strip("0123456789")


def _letters(count: int) -> str:
    """Nothing for 0, then a to z, aa, ab ..."""
    text = ""
    while count:
        count, place = divmod(count - 1, len(ascii_lowercase))
        text = ascii_lowercase[place] + text
    return text
