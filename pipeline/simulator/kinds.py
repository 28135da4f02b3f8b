"""Kinds of publication: what each source calls them, and what they count as."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work in the words of each source.

    Attributes:
        counts_as: the publication type when Crossref and OpenAlex both describe it.
        alone_*: the publication type when only this source does, if it differs:
            Crossref, for one, has no word for a review.
    """

    counts_as: str
    crossref: str
    openalex: str
    opencitations: str
    subtype: str | None = None
    alone_crossref: str | None = None
    alone_openalex: str | None = None
    alone_opencitations: str | None = None


ARTICLE: Final = Kind("article", "journal-article", "article", "journal article")
REVIEW: Final = Kind(
    "review",
    "journal-article",
    "review",
    "journal article",
    alone_crossref="article",
    alone_opencitations="article",
)
EDITORIAL: Final = Kind(
    "editorial",
    "journal-article",
    "editorial",
    "journal editorial",
    alone_crossref="article",
)
LETTER: Final = Kind(
    "letter",
    "journal-article",
    "letter",
    "journal article",
    alone_crossref="article",
    alone_opencitations="article",
)
PREPRINT: Final = Kind(
    "preprint", "posted-content", "preprint", "preprint", subtype="preprint"
)
PREPRINT_FILED_AS_ARTICLE: Final = Kind(
    "preprint",
    "posted-content",
    "article",
    "preprint",
    subtype="preprint",
    alone_openalex="article",
)
BOOK: Final = Kind("book", "monograph", "book", "book")
CHAPTER: Final = Kind("book-chapter", "book-chapter", "book-chapter", "book chapter")
CHAPTER_FILED_AS_ARTICLE: Final = Kind(
    "book-chapter",
    "book-chapter",
    "article",
    "book chapter",
    alone_openalex="article",
)
CONFERENCE: Final = Kind(
    "conference-paper",
    "proceedings-article",
    "conference-paper",
    "proceedings article",
)
CONFERENCE_FILED_AS_ARTICLE: Final = Kind(
    "conference-paper",
    "proceedings-article",
    "article",
    "proceedings article",
    alone_openalex="article",
)
DATASET: Final = Kind("dataset", "dataset", "dataset", "dataset")
DISSERTATION: Final = Kind(
    "dissertation", "dissertation", "dissertation", "dissertation"
)
REPORT: Final = Kind("report", "report", "report", "report")
PEER_REVIEW: Final = Kind(
    "peer-review", "peer-review", "peer-review", "", alone_opencitations="other"
)
REFERENCE_ENTRY: Final = Kind(
    "book-chapter", "reference-entry", "reference-entry", "reference entry"
)
COMPONENT: Final = Kind(
    "other", "component", "supplementary-materials", "", alone_opencitations="other"
)
RETRACTION: Final = Kind(
    "retraction", "journal-article", "retraction", "retraction notice"
)
ERRATUM: Final = Kind(
    "erratum",
    "journal-article",
    "erratum",
    "journal article",
    alone_opencitations="article",
)
UNHEARD_OF: Final = Kind("other", "holographic-essay", "hologram", "hologram")
"""Words that stand in no vocabulary."""
