"""What has changed, as a person reads it."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import shorten
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.cli.tables import MAX_ROWS, heading, left_out, note, plural, words
from schemas.history import KINDS, Change, Diff, Publication

_EDGES: Final = frozenset({"citation_added", "citation_removed"})
_STATEMENTS: Final = frozenset({"statement_added", "statement_removed"})
_MAX_SENTENCE: Final = 120
"""Characters of a statement: two lines of a terminal."""

_REASONS: Final = {
    "came_back": "it was withdrawn before",
    "first_look": "first look at the cited work, or by the source",
    "reviewed": "a person has judged",
    "reread": "the archived answers were read anew",
    "withdrawn": "missing from complete lists",
    "works_merged": "works turned out to be one",
    "works_split": "works turned out to be two",
}
"""Reasons that a reader would not guess."""


def difference(found: Diff) -> RenderableType:
    """The changes by cited work and kind; each in a line or two."""
    if not found.publications:
        return Text(
            f"Nothing has changed: the last publication is of {_when(found.last)}."
        )
    first, last = found.publications[0], found.publications[-1]
    span = _when(first) if first == last else f"{_when(first)} to {_when(last)}"
    nights = plural(len(found.publications), "publication")
    if not found.changes:
        return Text(f"Nothing has changed ({nights}, {span}).")
    works = {change.cited_doi for change in found.changes}
    head = Text.assemble(
        (plural(len(found.changes), "change"), "bold"),
        f" about {plural(len(works), 'cited work')} ({nights}, {span})",
    )
    return Group(head, *_by_work(found.changes))


def _when(publication: Publication) -> str:
    return f"{publication.published_at:%Y-%m-%d %H:%M} UTC"


def _by_work(changes: Iterable[Change]) -> Iterator[RenderableType]:
    for doi, about in groupby(changes, key=lambda one: one.cited_doi):
        some = list(about)
        yield heading(doi or "other works")
        if some[0].cited_title:
            yield words(some[0].cited_title, "dim")
        for kind, text in KINDS.items():
            of_kind = [one for one in some if one.kind == kind]
            if of_kind:
                yield Text(f"{text}: {len(of_kind):,}")
                yield from (_line(one) for one in of_kind[:MAX_ROWS])
                yield from left_out(of_kind, "see --json")


def _line(change: Change) -> Text:
    name = change.doi or change.work_id or change.cited_doi
    line = Text.assemble("  - ", words(name))
    if change.kind in _STATEMENTS:
        line.append_text(_statement(change))
    elif change.kind in _EDGES:
        if change.title:
            line.append_text(Text.assemble("  ", words(change.title, "dim")))
    elif change.kind not in ("retracted", "unretracted"):
        line.append_text(_value(change))
    because = [_REASONS.get(change.reason), change.source]
    if said := "; ".join(part for part in because if part):
        line.append_text(note(f"  ({said})"))
    return line


def _statement(change: Change) -> Text:
    sentence = shorten(change.text or "", _MAX_SENTENCE, placeholder=" ...")
    stance = change.after_value or change.before_value or "not judged"
    return Text.assemble(f"  {stance}: ", words(sentence, "dim"))


def _value(change: Change) -> Text:
    line = Text(f"  {change.field}" if change.field else "")
    if change.before_value or change.after_value:
        was, became = change.before_value, change.after_value
        line.append_text(Text.assemble(": ", words(was), " -> ", words(became)))
    return line
