"""Semantic Scholar's words for kinds of publication, in ours.

Source: https://api.semanticscholar.org/api-docs/graph, publicationTypes, read
2026-11-22 (13 words, several for one paper). It has no word for a preprint, an erratum
or a retraction; arXiv's preprints are ``JournalArticle``.
"""

from collections.abc import Sequence
from typing import Final

from schemas.publication_type import PublicationType, TypeRule

TYPES: Final[dict[str, PublicationType]] = {
    "Book": "book",
    "BookSection": "book-chapter",
    "CaseReport": "article",
    "ClinicalTrial": "article",
    "Conference": "conference-paper",
    "Dataset": "dataset",
    "Editorial": "editorial",
    "JournalArticle": "article",
    "LettersAndComments": "letter",
    "MetaAnalysis": "review",
    "News": "editorial",
    "Review": "review",
    "Study": "article",
}

_PRECEDENCE: Final[tuple[PublicationType, ...]] = (
    "letter",
    "editorial",
    "review",
    "conference-paper",
    "book-chapter",
    "article",
    "book",
    "dataset",
)
"""Of several words the first of these counts; see docs/publication-types.md."""


def semanticscholar_type(words: Sequence[str]) -> tuple[PublicationType, TypeRule]:
    """The kind of a paper and the rule that decided; any words have an answer.

    Args:
        words: as given, in any order; none, or only new ones, are ``other`` by the rule
            ``unknown``. A new word beside an old one says nothing.
    """
    said = {TYPES[word] for word in words if word in TYPES}
    found = next((kind for kind in _PRECEDENCE if kind in said), None)
    return (found, "table") if found else ("other", "unknown")
