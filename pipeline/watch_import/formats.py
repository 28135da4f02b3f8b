"""Which format a file is in: by its name, else by what stands in it."""

import re
from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import Final

from pipeline.errors import UsageError
from pipeline.watch_import.csv_table import has_heading
from pipeline.watch_import.doi_lines import without_comment
from pipeline.watch_import.entries import Broken, Read, is_doi
from schemas.watch import WatchFormat

_SUFFIXES: Final[dict[str, WatchFormat]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".ris": "ris",
    ".json": "csl-json",
}
_MODULES: Final[dict[WatchFormat, str]] = {
    "dois": "doi_lines",
    "csv": "csv_table",
    "bibtex": "bibtex",
    "ris": "ris",
    "csl-json": "csl_json",
}

_MAX_LOOKED_AT: Final = 2**16
"""Characters at the beginning that tell the format."""

_RIS: Final = re.compile(r"^(?:TY|T1|A1|AU) {1,2}- ", re.MULTILINE)
_BIBTEX: Final = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
_WEB_PAGE: Final = re.compile(r"\s*<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE)
_BINARY: Final = ("PK\x03\x04", "%PDF-", "\x1f\udc8b", "SQLite format 3")
"""Beginnings of spreadsheets and archives, PDF, gzip, and Zotero's own database."""


def format_of(file: str, text: str) -> WatchFormat:
    """The format of a text that was read from a file; one DOI a line if it has none."""
    by_name = _SUFFIXES.get(PurePath(file).suffix.lower())
    return by_name or _by_content(text[:_MAX_LOOKED_AT])


def formats_by_name() -> dict[str, WatchFormat]:
    """All formats; for names that come from outside."""
    return {name: name for name in _MODULES}


def read_entries(
    text: str, written_in: WatchFormat, *, column: str | None = None
) -> Read:
    """The entries of a text, and what is broken in it.

    Raises:
        UsageError: a column was named that a table has not got, or that no table is
            there for.
    """
    if column is not None and written_in != "csv":
        raise UsageError(
            f"--column is for tables, and this is {written_in}; nothing was imported"
        )
    if said := _no_list(text):
        return iter([Broken(None, said, is_file=True)])
    # A reader is imported when there is something to read: bibtexparser takes a while.
    module = import_module(f"pipeline.watch_import.{_MODULES[written_in]}")
    read = partial(module.read, column=column) if column else module.read
    found: Read = read(text)
    return found


def _no_list(text: str) -> str | None:
    if not text.strip():
        return "it is empty"
    if _WEB_PAGE.match(text):
        return "a web page or XML, and no list: export the list itself, and import that"
    if text.startswith(_BINARY):
        return "not a text: save it as CSV, BibTeX, RIS or CSL-JSON, and import that"
    return None


def _by_content(text: str) -> WatchFormat:
    first = next(filter(None, map(without_comment, text.split("\n"))), "")
    if is_doi(first):
        return "dois"
    if first[:1] in {"{", "["}:
        return "csl-json"
    if _RIS.search(text):
        return "ris"
    if _BIBTEX.search(text):
        return "bibtex"
    return "csv" if first.startswith("sep=") or has_heading(first) else "dois"
