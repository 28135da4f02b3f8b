"""How numbers, words and tables look, so that all commands look alike."""

from collections.abc import Sequence
from typing import Final

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import printable
from schemas.report import State

NOT_KNOWN: Final = "not known"
MAX_ROWS: Final = 20
"""Rows of a summary table; what is left out is counted, and in `--json`."""

_STATE_WORDS: Final[dict[State, tuple[str, str]]] = {
    "known": ("known", ""),
    "not_indexed": ("not indexed", "yellow"),
    "failed": ("failed", "red"),
}


_LINES: Final = box.Box(
    "    \n"  # top
    "    \n"  # header
    " ── \n"  # below the header
    "    \n"  # rows
    " ── \n"  # between sections
    " ── \n"  # above a footer
    "    \n"  # footer
    "    \n"  # bottom
)


def plain_table(*, header: bool = True) -> Table:
    """An empty table: bold headers, a rule below them, two blanks between columns."""
    return Table(
        box=_LINES,
        header_style="bold",
        pad_edge=False,
        show_edge=False,
        show_header=header,
        padding=(0, 1, 0, 0),
    )


def words(text: str | None, style: str = "") -> Text:
    """Text of others as it is safe to print; None is `not known`."""
    if text is None:
        return Text(NOT_KNOWN, style="dim")
    return Text(printable(text), style=style)


def number(count: int | None, style: str = "") -> Text:
    """A count with its thousands apart; None is `not known`."""
    if count is None:
        return Text(NOT_KNOWN, style="dim")
    return Text(f"{count:,}", style=style)


def state_word(state: State) -> Text:
    """The state in words, coloured if it is worth a look."""
    text, style = _STATE_WORDS[state]
    return Text(text, style=style)


def heading(text: str) -> Text:
    """A title with an empty line before it."""
    return Text(f"\n{text}", style="bold")


def note(text: str) -> Text:
    """A remark below a table."""
    return Text(text, style="dim")


def left_out(rows: Sequence[object], where: str) -> list[Text]:
    """A remark on the rows beyond `MAX_ROWS`, if there are any."""
    more = len(rows) - MAX_ROWS
    return [note(f"... and {more:,} more: {where}")] if more > 0 else []


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 work`, `2 works`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """`4.2 s`, `3 min 20 s`, `2 h 5 min`."""
    minute, hour = 60, 3600
    if seconds < minute:
        return f"{seconds:.1f} s"
    if seconds < hour:
        return f"{int(seconds // minute)} min {int(seconds % minute)} s"
    return f"{int(seconds // hour)} h {int(seconds % hour // minute)} min"


def size(byte_count: int) -> str:
    """`640 B`, `12.3 kB`, `4.0 MB`; a kilobyte is 1000 bytes."""
    value = float(byte_count)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":  # noqa: PLR2004 - the step between the units
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError("the last unit takes any size")
