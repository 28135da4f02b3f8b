"""RIS, the format of reference managers: a tag and a value a line.

``TY`` begins a record and ``ER`` ends it; exports that lack one of them, or a blank of
``TY  - ``, are read all the same. The DOI stands in ``DO``, else in a link.
Source: https://en.wikipedia.org/wiki/RIS_(file_format), with the tag list of 2011.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pipeline.watch_import.entries import Broken, Entry, Read, doi_in_link
from pipeline.watch_import.file_text import lines_of

_TAGGED: Final = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(.*)", re.DOTALL)
_LINKS: Final = frozenset({"UR", "L1", "L2", "L3", "LK", "M3", "N1"})
"""Fields in which exporters put the DOI: links, EndNote's ``M3``, notes."""


class _Field(NamedTuple):
    line: int
    tag: str
    value: str


def read(text: str) -> Read:
    """Each record; one with several DOIs is several entries."""
    empty = True
    for record in _records(text):
        empty = False
        yield from _entries(record)
    if empty:
        yield Broken(None, "no RIS record in it (TY  - ... to ER  - )", is_file=True)


def _records(text: str) -> Iterator[list[_Field]]:
    record: list[_Field] = []
    for number, line in enumerate(lines_of(text), start=1):
        found = _TAGGED.match(line.lstrip("\ufeff"))
        if not found:
            continue  # a value that goes on, or a heading of the export
        tag, value = found.group(1), found.group(2).strip()
        if tag in {"TY", "ER"} and record:
            yield record
            record = []
        if tag != "ER":
            record.append(_Field(number, tag, value))
    if record:
        yield record


def _entries(record: list[_Field]) -> Iterator[Entry]:
    key = next((one.value for one in record if one.tag == "ID" and one.value), None)
    given = [one for one in record if one.tag == "DO" and one.value]
    if given:
        yield from (Entry(one.line, one.value, key) for one in given)
        return
    for one in record:
        if one.tag in _LINKS and (doi := doi_in_link(one.value)):
            yield Entry(one.line, doi, key)
            return
    yield Entry(record[0].line, None, key)
