"""Kinds of publication: what each source calls them, and what they count as."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work in the words of each source.

    Attributes:
        counts_as: the publication type when Crossref and OpenAlex both describe it.
        datacite: a word of resourceTypeGeneral.
        europepmc: publication types, as in the core record.
        semanticscholar: publication types; empty where it has no word.
        alone_*: the publication type when only this source does, if it differs:
            Crossref, for one, has no word for a review.
    """

    counts_as: str
    crossref: str
    openalex: str
    opencitations: str
    datacite: str = "Text"
    europepmc: tuple[str, ...] = ()
    semanticscholar: tuple[str, ...] = ()
    subtype: str | None = None
    alone_crossref: str | None = None
    alone_datacite: str | None = None
    alone_europepmc: str | None = None
    alone_openalex: str | None = None
    alone_semanticscholar: str | None = None
    alone_opencitations: str | None = None


ARTICLE: Final = Kind(
    "article",
    "journal-article",
    "article",
    "journal article",
    datacite="JournalArticle",
    europepmc=("Journal Article",),
    semanticscholar=("JournalArticle",),
)
REVIEW: Final = Kind(
    "review",
    "journal-article",
    "review",
    "journal article",
    alone_crossref="article",
    alone_opencitations="article",
    datacite="JournalArticle",
    europepmc=("Review", "Journal Article"),
    semanticscholar=("Review", "JournalArticle"),
    alone_datacite="article",
)
EDITORIAL: Final = Kind(
    "editorial",
    "journal-article",
    "editorial",
    "journal editorial",
    alone_crossref="article",
    datacite="JournalArticle",
    europepmc=("Editorial",),
    semanticscholar=("Editorial",),
    alone_datacite="article",
)
LETTER: Final = Kind(
    "letter",
    "journal-article",
    "letter",
    "journal article",
    alone_crossref="article",
    alone_opencitations="article",
    datacite="JournalArticle",
    europepmc=("Letter",),
    semanticscholar=("LettersAndComments",),
    alone_datacite="article",
)
PREPRINT: Final = Kind(
    "preprint",
    "posted-content",
    "preprint",
    "preprint",
    subtype="preprint",
    datacite="Preprint",
    europepmc=("Preprint",),
    semanticscholar=("JournalArticle",),
    alone_semanticscholar="article",
)
PREPRINT_FILED_AS_ARTICLE: Final = Kind(
    "preprint",
    "posted-content",
    "article",
    "preprint",
    subtype="preprint",
    alone_openalex="article",
    datacite="Preprint",
    europepmc=("Preprint",),
    semanticscholar=("JournalArticle",),
    alone_semanticscholar="article",
)
BOOK: Final = Kind(
    "book",
    "monograph",
    "book",
    "book",
    datacite="Book",
    europepmc=("Book",),
    semanticscholar=("Book",),
)
CHAPTER: Final = Kind(
    "book-chapter",
    "book-chapter",
    "book-chapter",
    "book chapter",
    datacite="BookChapter",
    europepmc=("book chapter",),
    semanticscholar=("BookSection",),
)
CHAPTER_FILED_AS_ARTICLE: Final = Kind(
    "book-chapter",
    "book-chapter",
    "article",
    "book chapter",
    alone_openalex="article",
    datacite="BookChapter",
    europepmc=("book chapter",),
    semanticscholar=("BookSection",),
)
CONFERENCE: Final = Kind(
    "conference-paper",
    "proceedings-article",
    "conference-paper",
    "proceedings article",
    datacite="ConferencePaper",
    europepmc=("Congress",),
    semanticscholar=("Conference",),
)
CONFERENCE_FILED_AS_ARTICLE: Final = Kind(
    "conference-paper",
    "proceedings-article",
    "article",
    "proceedings article",
    alone_openalex="article",
    datacite="ConferencePaper",
    europepmc=("Congress",),
    semanticscholar=("Conference",),
)
DATASET: Final = Kind(
    "dataset",
    "dataset",
    "dataset",
    "dataset",
    datacite="Dataset",
    europepmc=("Dataset",),
    semanticscholar=("Dataset",),
)
DISSERTATION: Final = Kind(
    "dissertation",
    "dissertation",
    "dissertation",
    "dissertation",
    datacite="Dissertation",
    europepmc=("Thesis",),
    semanticscholar=(),
    alone_semanticscholar="other",
)
REPORT: Final = Kind(
    "report",
    "report",
    "report",
    "report",
    datacite="Report",
    europepmc=("Technical Report",),
    semanticscholar=(),
    alone_semanticscholar="other",
)
PEER_REVIEW: Final = Kind(
    "peer-review",
    "peer-review",
    "peer-review",
    "",
    alone_opencitations="other",
    datacite="PeerReview",
    europepmc=("Peer Review",),
    semanticscholar=(),
    alone_semanticscholar="other",
)
REFERENCE_ENTRY: Final = Kind(
    "book-chapter",
    "reference-entry",
    "reference-entry",
    "reference entry",
    datacite="BookChapter",
    europepmc=("book chapter",),
    semanticscholar=("BookSection",),
)
COMPONENT: Final = Kind(
    "other",
    "component",
    "supplementary-materials",
    "",
    alone_opencitations="other",
    datacite="Other",
    europepmc=(),
    semanticscholar=(),
)
RETRACTION: Final = Kind(
    "retraction",
    "journal-article",
    "retraction",
    "retraction notice",
    datacite="JournalArticle",
    europepmc=("Retraction of Publication",),
    semanticscholar=(),
    alone_datacite="article",
    alone_semanticscholar="other",
)
ERRATUM: Final = Kind(
    "erratum",
    "journal-article",
    "erratum",
    "journal article",
    alone_opencitations="article",
    datacite="JournalArticle",
    europepmc=("Published Erratum",),
    semanticscholar=(),
    alone_datacite="article",
    alone_semanticscholar="other",
)
UNHEARD_OF: Final = Kind(
    "other",
    "holographic-essay",
    "hologram",
    "hologram",
    datacite="Hologram",
    europepmc=("Holographic Essay",),
    semanticscholar=("Hologram",),
)
"""Words that stand in no vocabulary."""
