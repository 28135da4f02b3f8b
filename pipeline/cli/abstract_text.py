"""The abstract of a work as a person reads it."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from pipeline.cli.tables import heading, note, words
from schemas.cited_report import CitedReport

CHARACTERS_SHOWN: Final = 600
"""Some eight lines; `--json` has all of it."""

_PARAGRAPHS: Final = "\n\n"


def abstract(report: CitedReport, titles: Mapping[str, str]) -> list[RenderableType]:
    """Its beginning, or that it may not be shown; empty if none is known.

    Args:
        report: of the work.
        titles: names of the sources for people, by their names.
    """
    if report.abstract_withheld:
        return [Text(), note(_withheld(report.licence))]
    if report.abstract is None:
        return []
    source = titles.get(report.abstract.source, report.abstract.source)
    text = report.abstract.text
    is_cut = len(text) > CHARACTERS_SHOWN
    more = "; --json has all of it" if is_cut else ""
    return [
        heading("Abstract"),
        *(words(part) for part in _beginning(text)),
        words(f"from {source}, licence {report.abstract.licence}{more}", "dim"),
    ]


def _withheld(licence: str | None) -> str:
    if licence is None:
        return "Abstract: known, but no licence is known that allows showing it"
    return f"Abstract: known, but its licence ({licence}) does not allow showing it"


def _beginning(text: str) -> list[str]:
    """The paragraphs up to so many characters, the last one cut between words."""
    shown: list[str] = []
    left = CHARACTERS_SHOWN
    for paragraph in text.split(_PARAGRAPHS):
        if left <= 0:
            break
        shown.append(shorten(paragraph, max(left, 40), placeholder=" ..."))
        left -= len(paragraph)
    return shown
