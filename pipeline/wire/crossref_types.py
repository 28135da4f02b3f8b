"""Crossref's words for kinds of publication, in ours.

Source: https://api.crossref.org/types, 31 words read in 2026, and the words that
Crossref's CSL JSON has in their place. Crossref cannot say review, editorial or
letter: those come from other sources.
"""

from collections.abc import Collection
from typing import Final

from schemas.publication_type import PREPRINT_PREFIXES, PublicationType, TypeRule

TYPES: Final[dict[str, PublicationType]] = {
    "book": "book",
    "book-chapter": "book-chapter",
    "book-part": "book-chapter",
    "book-section": "book-chapter",
    "book-series": "book",
    "book-set": "book",
    "book-track": "book-chapter",
    "component": "other",
    "database": "dataset",
    "dataset": "dataset",
    "dissertation": "dissertation",
    "edited-book": "book",
    "grant": "other",
    "journal": "other",
    "journal-article": "article",
    "journal-issue": "other",
    "journal-volume": "other",
    "monograph": "book",
    "other": "other",
    "peer-review": "peer-review",
    "posted-content": "other",  # unless it is a preprint, which is asked first
    "proceedings": "other",
    "proceedings-article": "conference-paper",
    "proceedings-series": "other",
    "reference-book": "book",
    "reference-entry": "book-chapter",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "standard": "report",
    "standard-series": "report",
    # CSL words; "article" is CSL's word for posted content.
    "article": "other",
    "article-journal": "article",
    "chapter": "book-chapter",
    "entry-dictionary": "book-chapter",
    "entry-encyclopedia": "book-chapter",
    "paper-conference": "conference-paper",
    "thesis": "dissertation",
}

RETRACTING: Final = frozenset(
    {"retraction", "removal", "withdrawal", "partial_retraction"}
)
"""Kinds of update that make the record that announces them a retraction notice."""

CORRECTING: Final = frozenset(
    {
        "addendum",
        "clarification",
        "correction",
        "corrigendum",
        "erratum",
        "expression_of_concern",
    }
)
"""Kinds of update that make the record that announces them an erratum."""

RETRACTED: Final = RETRACTING - {"partial_retraction"}
"""Kinds of update after which a work no longer stands. Of a partly retracted work the
rest stands: it has the notice, not the flag."""

VERSIONING: Final = frozenset({"new_version", "new_edition"})
"""Kinds of update that say nothing against the work."""

_POSTED: Final = frozenset({"posted-content", "article"})


def publication_type(
    doi: str, raw_type: str | None, subtype: str | None, announces: Collection[str]
) -> tuple[PublicationType, TypeRule]:
    """The kind of a publication, and the step of the mapping that said so.

    Notices come first, then preprints, then the table. No word, or one outside the
    table, is ``other`` by the rule ``unknown``.

    Args:
        doi: normalised; only its prefix counts, and only for posted content.
        raw_type: Crossref's type, or CSL's.
        subtype: of posted content.
        announces: kinds of update that this record brings to *other* works.
    """
    if not RETRACTING.isdisjoint(announces):
        return "retraction", "notice"
    if not CORRECTING.isdisjoint(announces):
        return "erratum", "notice"
    word = (raw_type or "").strip().lower()
    if word in _POSTED and _is_preprint(doi, subtype):
        return "preprint", "preprint"
    found = TYPES.get(word)
    return (found, "table") if found else ("other", "unknown")


def _is_preprint(doi: str, subtype: str | None) -> bool:
    if subtype:
        return subtype.strip().lower() == "preprint"
    return doi.partition("/")[0] in PREPRINT_PREFIXES
