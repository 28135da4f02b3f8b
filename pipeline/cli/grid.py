"""The rows of a query as text: a grid where it fits, else one block a row."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from rich.cells import cell_len, set_cell_size

from pipeline.cli.console import printable

NULL: Final = "null"

_GAP: Final = "  "
_NARROWEST: Final = 24
"""Prose is not cut below this width; then rows are shown as blocks instead."""

_NUMBERS: Final = ("INT", "DECIMAL", "DOUBLE", "FLOAT", "NUMERIC")


@dataclass(frozen=True)
class Grid:
    """Lines to print; the first is a header, or empty for blocks."""

    header: str
    lines: tuple[str, ...]


def grid(
    columns: Sequence[str],
    types: Sequence[str],
    rows: Sequence[Sequence[Any]],
    width: int | None,
) -> Grid:
    """The rows below their column names.

    Args:
        columns: names.
        types: DuckDB's names of the types; numbers stand on the right.
        rows: Python values; None is shown as `null`.
        width: columns of the screen; None: as wide as it gets.
    """
    names = [printable(name) for name in columns]
    cells = [[cell(value) for value in row] for row in rows]
    widths = [max(map(cell_len, texts)) for texts in zip(names, *cells, strict=True)]
    prose = [any(" " in text for text in texts) for texts in zip(*cells, strict=True)]
    if width is not None and not _shrink(widths, prose, width):
        return Grid("", tuple(_blocks(names, cells)))
    right = [type_.startswith(_NUMBERS) or "INT" in type_ for type_ in types]
    lines = [_line(row, widths, right) for row in cells]
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    return Grid(_line(names, widths, right), (rule, *lines))


def cell(value: object) -> str:
    """A value on one line."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | dict | tuple):
        return printable(orjson.dumps(value, default=str).decode())
    return printable(str(value))


def _shrink(widths: list[int], prose: Sequence[bool], width: int) -> bool:
    """Cut columns of prose until all fit; False if they cannot.

    Identifiers and numbers are never cut: half of them is of no use to anybody.
    """
    room = width - len(_GAP) * (len(widths) - 1)
    for place, is_prose in enumerate(prose):
        if is_prose and (missing := sum(widths) - room) > 0:
            narrowest = min(widths[place], _NARROWEST)
            widths[place] = max(narrowest, widths[place] - missing)
    return sum(widths) <= room


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    sized = [
        _sized(text, width, on_right=on_right)
        for text, width, on_right in zip(texts, widths, right, strict=True)
    ]
    return _GAP.join(sized).rstrip()


def _sized(text: str, width: int, *, on_right: bool) -> str:
    missing = width - cell_len(text)
    if missing < 0:
        return set_cell_size(text, width - 1) + "…"
    return " " * missing + text if on_right else text + " " * missing


def _blocks(names: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    label = max(map(cell_len, names))
    lines: list[str] = []
    for number, row in enumerate(cells, start=1):
        lines.append(f"── row {number} ".ljust(label + len(_GAP) + 8, "─"))
        lines += [
            _sized(name, label, on_right=False) + _GAP + text
            for name, text in zip(names, row, strict=True)
        ]
    return lines
