"""Works in the formats of reference managers and citation processors.

    types.py      what each publication type is called; parts.py what all formats say
    keys.py       citation keys
    bibtex.py     ris.py     csl_json.py     one work in one format

Pure: works go in, text comes out, one work after the other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from schemas.citable_work import CitableWork
from warehouse.report.citation_formats.bibtex import bibtex_entry
from warehouse.report.citation_formats.csl_json import csl_text
from warehouse.report.citation_formats.keys import CitationKeys
from warehouse.report.citation_formats.ris import ris_record

FormatName = Literal["bibtex", "ris", "csl-json"]


class CitationFormat(NamedTuple):
    """How works become a file.

    Attributes:
        write: one work, with its key.
        before, between, after: what stands around the works.
    """

    media_type: str
    ending: str
    write: Callable[[CitableWork, str], str]
    before: str = ""
    between: str = ""
    after: str = ""


CITATION_FORMATS: Final[Mapping[FormatName, CitationFormat]] = {
    "bibtex": CitationFormat(
        "application/x-bibtex", ".bib", bibtex_entry, between="\n"
    ),
    "ris": CitationFormat("application/x-research-info-systems", ".ris", ris_record),
    "csl-json": CitationFormat(
        "application/vnd.citationstyles.csl+json",
        ".json",
        csl_text,
        before="[\n",
        between=",\n",
        after="\n]\n",
    ),
}


def citations(works: Iterable[CitableWork], form: FormatName) -> Iterator[str]:
    """The text of a file, in pieces; without works an empty file, or an empty list."""
    style = CITATION_FORMATS[form]
    keys = CitationKeys()
    between = style.before
    for work in works:
        yield between + style.write(work, keys.key(work))
        between = style.between
    yield style.after if between == style.between else style.before + style.after
