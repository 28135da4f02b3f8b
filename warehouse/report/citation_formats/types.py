"""What each publication type is called in the citation formats: one table.

The formats know fewer kinds than we do. Where one has no word of its own, it gets the
word under which reference managers keep such works; None: no source described the work.
Source: BibTeX, https://www.bibtex.org/Format; RIS,
https://en.wikipedia.org/wiki/RIS_(file_format), the list of 2011; CSL,
https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types;
read 2026-11-23.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from schemas.publication_type import PublicationType


class TypeNames(NamedTuple):
    """A type in the three formats, and what BibTeX calls its parts.

    Attributes:
        container: the BibTeX field of the container's title.
        publisher: the BibTeX field of the publisher.
    """

    bibtex: str
    ris: str
    csl: str
    container: str = "howpublished"
    publisher: str = "publisher"


_JOURNAL: Final = TypeNames("article", "JOUR", "article-journal", "journal")
_UNTYPED: Final = TypeNames("misc", "GEN", "document")

TYPE_NAMES: Final[Mapping[PublicationType | None, TypeNames]] = {
    "article": _JOURNAL,
    "review": _JOURNAL,
    "preprint": TypeNames("misc", "UNPB", "article"),
    "book": TypeNames("book", "BOOK", "book", "series"),
    "book-chapter": TypeNames("incollection", "CHAP", "chapter", "booktitle"),
    "conference-paper": TypeNames(
        "inproceedings", "CPAPER", "paper-conference", "booktitle"
    ),
    "dataset": TypeNames("misc", "DATA", "dataset"),
    "editorial": _JOURNAL,
    "letter": _JOURNAL,
    "erratum": _JOURNAL,
    "retraction": _JOURNAL,
    "dissertation": TypeNames(
        "phdthesis", "THES", "thesis", "howpublished", publisher="school"
    ),
    "report": TypeNames("techreport", "RPRT", "report", "series", "institution"),
    "peer-review": TypeNames("misc", "GEN", "review"),
    "other": _UNTYPED,
    None: _UNTYPED,
}
