"""BibTeX, written by bibtexparser: UTF-8, with the signs that LaTeX reads escaped.

Letters stay as they are: BibLaTeX and every reference manager read UTF-8, and no table
of LaTeX's accents has all scripts. So do < and >, for which T1 fonts have their signs.
`doi` and `url` stand as they are, too: styles set them verbatim, and an escaped sign in
them would make another address.
"""

import re
from typing import Final

from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import write

from schemas.citable_work import CitableAuthor, CitableWork
from warehouse.report.citation_formats.parts import (
    date_parts,
    is_shortened,
    link,
    note,
    one_line,
)
from warehouse.report.citation_formats.types import TYPE_NAMES

_SIGNS: Final = str.maketrans(
    {
        "{": r"\{",
        "}": r"\}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#%_"},
    }
)
_LONE_BRACES: Final = _SIGNS | str.maketrans(
    {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
)
"""BibTeX counts braces also behind a backslash: a lone one would swallow the file."""

_LIGATURE: Final = re.compile(r"-(?=-)|'(?=')|[`?!](?=`)|,(?=,)")
"""Pairs of signs that LaTeX makes one of."""

_BARE: Final = re.compile(r"[{}\\]")
_SPLITS_NAMES: Final = re.compile(r",|\band\b|^others$", re.IGNORECASE)
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def bibtex_entry(work: CitableWork, key: str) -> str:
    """One entry, a line feed at its end; fields that are not known are left out."""
    names = TYPE_NAMES[work.publication_type]
    scheme, _, identifier = work.work_id.partition(":")
    fields = {
        "author": _authors(work),
        "title": _text(work.title),
        names.container: _text(work.container_title),
        names.publisher: _text(work.publisher),
        **_date(work),
        "issn": _text(work.issn_l),
        "language": _text(work.language),
        "doi": _verbatim(work.doi),
        "url": _verbatim(link(work)),
        "eprint": _text(work.arxiv),
        "eprinttype": _text("arxiv" if work.arxiv else None),
        "pmid": _text(work.pmid),
        "pmcid": _text(work.pmcid),
        "note": _text(note(work)),
    }
    if not work.doi:
        fields.setdefault(scheme, _text(identifier))
    given = [Field(name, value) for name, value in fields.items() if value]
    return write(Library([Entry(names.bibtex, key, given)]))


def _date(work: CitableWork) -> dict[str, str]:
    year, month, day, *_ = (*date_parts(work), 0, 0, 0)
    said = {
        "year": f"{{{year}}}" if date_parts(work) else "",
        "month": _MONTHS[month - 1] if month else "",
        "day": f"{{{day}}}" if day else "",
    }
    return {name: value for name, value in said.items() if value}


def _authors(work: CitableWork) -> str | None:
    names = [name for author in work.authors if (name := _author(author))]
    if is_shortened(work):
        names.append("others")
    return f"{{{' and '.join(names)}}}" if names else None


def _author(author: CitableAuthor) -> str | None:
    family, given = one_line(author.family), one_line(author.given)
    if family is None:
        name = one_line(author.name)
        return None if name is None else f"{{{_escaped(name)}}}"
    return _name_part(family) + (f", {_name_part(given)}" if given else "")


def _name_part(text: str) -> str:
    escaped = _escaped(text)
    return f"{{{escaped}}}" if _SPLITS_NAMES.search(text) else escaped


def _text(text: str | None) -> str | None:
    line = one_line(text)
    return None if line is None else f"{{{_escaped(line)}}}"


def _verbatim(text: str | None) -> str | None:
    if text is None:
        return None
    return _text(text) if _BARE.search(text) else f"{{{one_line(text)}}}"


def _escaped(text: str) -> str:
    signs = _SIGNS if _is_balanced(text) else _LONE_BRACES
    return _LIGATURE.sub(r"\g<0>{}", text.translate(signs))


def _is_balanced(text: str) -> bool:
    """Whether every brace that is opened is closed, and none before it is opened."""
    depth = 0
    for sign in re.findall(r"[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0
