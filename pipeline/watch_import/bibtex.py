"""BibTeX and BibLaTeX, read by bibtexparser; the DOI stands in ``doi``, else in a link.

The parser goes on after a broken entry and knows lines. `@string` is resolved;
LaTeX in a DOI is undone here, because what makes good prose of LaTeX turns ``--`` into
a dash.
"""

import re
from collections.abc import Iterator
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import ParserStateException
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
)
from bibtexparser.model import Entry as BibtexEntry

from pipeline.watch_import.entries import Broken, Entry, Read, doi_in_link

_LINKS: Final = ("url", "howpublished", "ee", "note")
"""Fields in which exporters put the DOI; ``ee`` is dblp's."""

_LATEX: Final = re.compile(
    r"\\text(?P<name>less|greater|underscore|asciitilde)\s*(?:\{\})?"
    r"|\$(?P<math>[<>])\$"
    r"|\\(?P<sign>[_&%#$~{}])(?:\{\})?"
    r"|[{}]"
)
_NAMED: Final = {"less": "<", "greater": ">", "underscore": "_", "asciitilde": "~"}
_LOOKS_LIKE_ENTRY: Final = re.compile(r"^[ \t]*@[A-Za-z]+[^\n]*", re.MULTILINE)
_KEY: Final = re.compile(r"@\w+\s*[{(]\s*([^\s,{}()=]+)")


def read(text: str) -> Read:
    """Each entry, and each that the parser had to give up."""
    try:
        blocks = parse_string(text).blocks
    except ParserStateException as err:
        yield Broken(None, f"the BibTeX parser gave up: {err.message}", is_file=True)
        return
    empty = True
    for block in blocks:
        for item in _items(block):
            empty = False
            yield item
    if empty:
        yield Broken(None, "no BibTeX entry in it (@article{...})", is_file=True)


def _items(block: Block) -> Iterator[Entry | Broken]:
    if isinstance(block, BibtexEntry):
        yield _entry(block)
    elif isinstance(block, ParsingFailedBlock):
        # A key or a field that stands there twice is no reason to lose the entry.
        held = block.ignore_error_block
        if isinstance(block, DuplicateBlockKeyBlock) and not isinstance(
            held, BibtexEntry
        ):
            return  # an @string, of which the first one holds
        if isinstance(held, BibtexEntry):
            yield _entry(held)
        else:
            yield _broken(block)
    elif isinstance(block, ImplicitComment):
        for found in _LOOKS_LIKE_ENTRY.finditer(block.comment):
            line = _line(block) + block.comment[: found.start()].count("\n")
            text = found.group().strip()[:60]
            yield Broken(line, f"not an entry: {text!r} (expected @TYPE{{KEY, ...}})")


def _entry(entry: BibtexEntry) -> Entry:
    fields: dict[str, Field] = {}
    for field in entry.fields:
        fields.setdefault(field.key.lower(), field)
    key = entry.key or None
    given = fields.get("doi")
    if given is not None and (doi := _plain(given.value)):
        return Entry(_line(given), doi, key)
    for link in (fields[name] for name in _LINKS if name in fields):
        if linked := doi_in_link(_plain(link.value)):
            return Entry(_line(link), linked, key)
    return Entry(_line(entry), None, key)


def _broken(block: ParsingFailedBlock) -> Broken:
    found = _KEY.match(block.raw or "")
    why = getattr(block.error, "abort_reason", None) or str(block.error)
    return Broken(
        _line(block),
        " ".join(why.split()).rstrip("."),
        found.group(1) if found else None,
    )


def _plain(value: object) -> str:
    return _LATEX.sub(_unescaped, str(value)).strip()


def _unescaped(found: re.Match[str]) -> str:
    name = found["name"]
    return _NAMED[name] if name else found["math"] or found["sign"] or ""


def _line(part: Block | Field) -> int:
    """The line, counted from 1; the parser counts from 0."""
    return (part.start_line or 0) + 1
