"""RIS, the format of reference managers: a tag and a value a line, ended by CR LF.

Source: https://en.wikipedia.org/wiki/RIS_(file_format), the tag list of 2011.
"""

from collections.abc import Iterator
from typing import Final

from schemas.citable_work import CitableAuthor, CitableWork
from warehouse.report.citation_formats.parts import date_parts, link, note, one_line
from warehouse.report.citation_formats.types import TYPE_NAMES

_END: Final = "ER  - \r\n\r\n"


def ris_record(work: CitableWork, key: str) -> str:
    """One record with an empty line behind it; what is not known is left out."""
    lines = (
        f"{tag}  - {value}\r\n"
        for tag, text in _tagged(work, key)
        if (value := one_line(text))
    )
    return "".join(lines) + _END


def _tagged(work: CitableWork, key: str) -> Iterator[tuple[str, str | None]]:
    yield "TY", TYPE_NAMES[work.publication_type].ris
    yield "ID", key
    for author in work.authors:
        yield "AU", _name(author)
    yield "TI", work.title
    yield "T2", work.container_title
    year, *rest = date_parts(work) or (None,)
    if year is not None:
        yield "PY", f"{year:04d}"
        yield "DA", _date(year, rest)
    yield "PB", work.publisher
    yield "SN", work.issn_l
    yield "LA", work.language
    yield "DO", work.doi
    yield "AN", None if work.doi else work.work_id
    yield "UR", link(work)
    yield "N1", note(work)


def _name(author: CitableAuthor) -> str:
    family = one_line(author.family)
    if family is None:
        return author.name
    return f"{family}, {author.given}" if one_line(author.given) else family


def _date(year: int, rest: list[int]) -> str:
    """``2019/02/14/``: the part behind the last stroke is for words such as Spring."""
    month, day, *_ = (*(f"{part:02d}" for part in rest), "", "")
    return f"{year:04d}/{month}/{day}/"
