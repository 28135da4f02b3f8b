"""OpenAlex's words for kinds of publication, in ours.

Source: https://help.openalex.org, data/work-types, read 2026-08-17 (25 words); before
2023 OpenAlex used Crossref's words, which snapshots still hold.
"""

from collections.abc import Sequence
from typing import Final

from schemas.publication_type import PREPRINT_PREFIXES, PublicationType, TypeRule

TYPES: Final[dict[str, PublicationType]] = {
    "article": "article",
    "book": "book",
    "book-chapter": "book-chapter",
    "book-review": "other",
    "conference-abstract": "conference-paper",
    "conference-paper": "conference-paper",
    "data-paper": "article",
    "dataset": "dataset",
    "dissertation": "dissertation",
    "editorial": "editorial",
    "erratum": "erratum",
    "letter": "letter",
    "libguides": "other",
    "other": "other",
    "paratext": "other",
    "peer-review": "peer-review",
    "preprint": "preprint",
    "reference-entry": "book-chapter",
    "report": "report",
    "retraction": "retraction",
    "review": "review",
    "software": "other",
    "software-paper": "article",
    "standard": "report",
    "supplementary-materials": "other",
    # Crossref's words, which OpenAlex used until 2023 and snapshots still hold.
    "journal-article": "article",
    "proceedings-article": "conference-paper",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "book-series": "book",
    "book-section": "book-chapter",
    "book-part": "book-chapter",
    "book-track": "book-chapter",
    "database": "dataset",
    "report-series": "report",
    "report-component": "report",
    "component": "other",
    "grant": "other",
    "journal": "other",
    "journal-issue": "other",
    "journal-volume": "other",
    "proceedings": "other",
    "proceedings-series": "other",
    "posted-content": "other",
}


def openalex_type(
    raw_type: str | None, tokens: Sequence[str]
) -> tuple[PublicationType, TypeRule]:
    """The kind of a work and the rule that decided; any word has an answer.

    Args:
        raw_type: OpenAlex's word; None or a new word is ``other``, ``unknown``.
        tokens: identifiers of the work: ``posted-content`` is judged by the DOI prefix.
    """
    word = (raw_type or "").strip().lower()
    if word == "posted-content":
        prefixes = {name.removeprefix("doi:").partition("/")[0] for name in tokens}
        if prefixes & PREPRINT_PREFIXES:
            return "preprint", "preprint"
    kind = TYPES.get(word)
    if kind is None:
        return "other", "unknown"
    if kind in ("erratum", "retraction"):
        return kind, "notice"
    return kind, "preprint" if kind == "preprint" else "table"
