"""CSV, as spreadsheets and databases write it: the DOI stands in a column.

The column is found by its heading, or named. Comma, semicolon, tab and bar are told
apart by which of them shows a heading; Excel's ``sep=;`` is obeyed.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.errors import UsageError
from pipeline.watch_import.entries import Broken, Entry, Read, is_doi
from pipeline.watch_import.file_text import lines_of

_DELIMITERS: Final = ",;\t|"
_HEADINGS: Final = (
    "doi",
    "dois",
    "doiurl",
    "doilink",
    "digitalobjectidentifier",
    "digitalobjectidentifierdoi",
    "articledoi",
    "publicationdoi",
    "paperdoi",
    "workdoi",
    "citeddoi",
    "itemdoi",
    "di",  # Web of Science
    "identifier",
)
"""Best first; compared in small letters, without anything but letters."""

_MAX_RECORD_LINES: Final = 100
"""A cell may hold lines; a quotation mark that nobody closes must not eat the file."""


def read(text: str, column: str | None = None) -> Read:
    """Each row below the headings; rows of empty cells are none.

    Args:
        text: the table.
        column: heading of the column with the DOI, or its number, counted from 1.

    Raises:
        UsageError: there is no such column.
    """
    lines = lines_of(text)
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        yield Broken(None, "it is empty", is_file=True)
        return
    forced = re.fullmatch(r"sep=(.)", lines[first].strip('\ufeff" '))
    delimiters = forced.group(1) if forced else _DELIMITERS
    first += 1 if forced else 0
    head = lines[first] if first < len(lines) else ""
    index, delimiter, has_head = _column(head, delimiters, column)
    if index is None:
        yield Broken(None, _no_column(head, delimiter), is_file=True)
        return
    for number, row in _rows(lines, first + has_head, delimiter):
        yield from _entry(number, row, index)


def has_heading(line: str) -> bool:
    """Whether a line of headings names a column of DOIs."""
    index, _, has_head = _column(line, _DELIMITERS, None)
    return index is not None and has_head


def _entry(
    number: int, row: Sequence[str] | None, index: int
) -> Iterator[Entry | Broken]:
    if row is None:
        yield Broken(number, "not a row of CSV: a quotation mark is not closed")
    elif any(cell.strip() for cell in row):
        if index < len(row):
            yield Entry(number, row[index].strip() or None)
        else:
            yield Broken(number, f"no cell {index + 1} in it: the DOI's is missing")


def _column(
    head: str, delimiters: str, column: str | None
) -> tuple[int | None, str, bool]:
    """Index of the column, the delimiter, and whether the line holds headings."""
    rows = {sign: _cells(head, sign) for sign in delimiters}
    most = max(delimiters, key=lambda sign: len(rows[sign]))
    if column is not None:
        return _named_column(rows, most, column)
    for wanted in _HEADINGS:
        for sign, row in rows.items():
            names = [_bare(cell) for cell in row]
            if wanted in names:
                return names.index(wanted), sign, True
    dois = [i for i, cell in enumerate(rows[most]) if is_doi(cell)]
    return (dois[0] if len(dois) == 1 else None), most, False


def _named_column(
    rows: dict[str, list[str]], most: str, column: str
) -> tuple[int, str, bool]:
    for sign, row in rows.items():
        names = [cell.strip().lower() for cell in row]
        if column.strip().lower() in names:
            return names.index(column.strip().lower()), sign, True
    row = rows[most]
    if column.isdecimal() and 0 < int(column) <= len(row):
        index = int(column) - 1
        return index, most, not is_doi(row[index])
    raise UsageError(
        f"no column {column!r}; there are: {_listed(row)}; nothing was imported"
    )


def _rows(
    lines: Sequence[str], start: int, delimiter: str
) -> Iterator[tuple[int, list[str] | None]]:
    """Number of the first line of each row, and its cells; None: it is broken."""
    while start < len(lines):
        window = (f"{line}\n" for line in lines[start : start + _MAX_RECORD_LINES])
        reader = csv.reader(window, delimiter=delimiter, strict=True)
        try:
            row: list[str] | None = next(reader)
            used = reader.line_num
        except csv.Error:
            row, used = _loosely(lines[start], delimiter), 1
        yield start + 1, row
        start += used


def _loosely(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line whose quotation marks are wrong but stand in pairs."""
    if line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return None


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.removeprefix("\ufeff")], delimiter=delimiter))
    except (csv.Error, StopIteration):
        return []


def _bare(heading: str) -> str:
    return re.sub(r"[^a-z]", "", heading.lower())


def _no_column(head: str, delimiter: str) -> str:
    return (
        f"no column is called doi; there are: {_listed(_cells(head, delimiter))}; "
        "name one with --column"
    )


def _listed(cells: Sequence[str]) -> str:
    return repr(", ".join(cell.strip() for cell in cells)[:200])
