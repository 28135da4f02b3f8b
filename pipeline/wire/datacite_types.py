"""DataCite's words for kinds of publication, in ours.

Source: DataCite Metadata Schema 4.7, resourceTypeGeneral, and DataCite's server
(github.com/datacite/lupo, app/models/resource_type.rb), read in 2026. Where that word
is missing, those speak that are kept beside it for CSL and BibTeX.
"""

import re
from typing import Final

from schemas.publication_type import PublicationType, TypeRule

ARXIV_PREFIX: Final = "10.48550/"
"""arXiv's own, under which it registers nothing but its preprints."""

GENERAL: Final[dict[str, PublicationType]] = {
    "Audiovisual": "other",
    "Award": "other",
    "Book": "book",
    "BookChapter": "book-chapter",
    "Collection": "dataset",
    "ComputationalNotebook": "other",
    "ConferencePaper": "conference-paper",
    "ConferenceProceeding": "other",
    "DataPaper": "article",
    "Dataset": "dataset",
    "Dissertation": "dissertation",
    "Event": "other",
    "Image": "other",
    "Instrument": "other",
    "InteractiveResource": "other",
    "Journal": "other",
    "JournalArticle": "article",
    "Model": "other",
    "Other": "other",
    "OutputManagementPlan": "other",
    "PeerReview": "peer-review",
    "PhysicalObject": "other",
    "Poster": "conference-paper",
    "Preprint": "preprint",
    "Presentation": "conference-paper",
    "Project": "other",
    "Report": "report",
    "Service": "other",
    "Software": "other",
    "Sound": "other",
    "Standard": "report",
    "StudyRegistration": "other",
    "Text": "other",
    "Workflow": "other",
}
"""resourceTypeGeneral. ``Text`` is anything from a thesis to a blog post: what it is
stands, if anywhere, in free text."""

CITEPROC: Final[dict[str, PublicationType]] = {
    "article": "other",  # whatever DataCite has no word for
    "article-journal": "article",
    "book": "book",
    "chapter": "book-chapter",
    "dataset": "dataset",
    "graphic": "other",
    "motion_picture": "other",
    "other": "other",
    "paper-conference": "conference-paper",
    "post-weblog": "other",
    "report": "report",
    "review": "review",
    "software": "other",
    "song": "other",
    "thesis": "dissertation",
}

BIBTEX: Final[dict[str, PublicationType]] = {
    "article": "article",
    "book": "book",
    "inbook": "book-chapter",
    "incollection": "book-chapter",
    "inproceedings": "conference-paper",
    "mastersthesis": "dissertation",
    "misc": "other",
    "phdthesis": "dissertation",
    "proceedings": "other",
    "techreport": "report",
}

_BY_LETTERS: Final = {word.lower(): kind for word, kind in GENERAL.items()}
_NO_LETTER: Final = re.compile(r"[^a-z]+")


def publication_type(
    doi: str, general: str | None, citeproc: str | None, bibtex: str | None
) -> tuple[PublicationType, TypeRule]:
    """The kind of a publication, and the step of the mapping that said so.

    arXiv's are preprints whatever the word. Else the first word given decides, even one
    outside its table, which is ``other`` by the rule ``unknown``; so is no word.

    Args:
        doi: normalised; only its prefix counts.
        general: resourceTypeGeneral, in any spelling (``Journal Article``).
        citeproc: CSL's word, asked where there is no general one.
        bibtex: BibTeX's word, asked where there is neither.
    """
    word = _NO_LETTER.sub("", (general or "").lower())
    if doi.startswith(ARXIV_PREFIX) or word == "preprint":
        return "preprint", "preprint"
    if word:
        found = _BY_LETTERS.get(word)
    elif citeproc:
        found = CITEPROC.get(citeproc.strip().lower())
    else:
        found = BIBTEX.get((bibtex or "").strip().lower())
    return (found, "table") if found else ("other", "unknown")
