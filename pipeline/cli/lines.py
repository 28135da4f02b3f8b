"""Lines for a person: 80 columns, and no identifier broken.

Lines are broken between words only; one identifier longer than a line stands alone.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from textwrap import wrap
from typing import Final

from pipeline.cli.console import printable

WIDTH: Final = 80
"""Columns of every terminal, mail and log."""

wrapped: Final = partial(
    wrap, width=WIDTH, break_long_words=False, break_on_hyphens=False
)


def each(texts: Iterable[str], indent: int = 2) -> Iterator[str]:
    """Lines of some texts, each of which begins a new one."""
    for text in texts:
        yield from lines(text, indent)


def lines(text: str, indent: int = 2) -> list[str]:
    """Lines of a text; those after the first stand two columns further in."""
    return wrapped(
        printable(text),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
    )
