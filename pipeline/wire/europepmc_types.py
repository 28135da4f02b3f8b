"""Europe PMC's words for kinds of publication, in ours.

Its list is open: MEDLINE's publication types and the article types of JATS, several for
one work. Source: https://europepmc.org/docs, and docs/publication-types.md.
"""

from collections.abc import Sequence
from typing import Final

from schemas.publication_type import PublicationType, TypeRule

_WORDS: Final[dict[PublicationType, tuple[str, ...]]] = {
    "retraction": ("retraction of publication", "retraction", "partial-retraction"),
    "erratum": (
        "published erratum",
        "expression of concern",
        "correction",
        "corrected and republished article",
        "addendum",
    ),
    "preprint": ("preprint",),
    "peer-review": ("peer review", "peer-review", "reviewer-report"),
    "letter": ("letter", "comment", "article-commentary", "reply", "discussion"),
    "editorial": ("editorial", "introductory journal article", "news", "introduction"),
    "review": (
        "review",
        "systematic review",
        "meta-analysis",
        "review-article",
        "systematic-review",
        "scoping review",
    ),
    "conference-paper": ("congress", "conference paper", "meeting-report", "abstract"),
    "book-chapter": ("book chapter", "book-chapter", "chapter-article"),
    "book": ("book",),
    "dissertation": ("thesis", "academic dissertation", "dissertation"),
    "dataset": ("dataset",),
    "report": ("technical report", "guideline", "practice guideline", "report"),
    "article": (
        "journal article",
        "research-article",
        "case reports",
        "case-report",
        "clinical trial",
        "brief-report",
        "data-paper",
        "rapid-communication",
        "methods-article",
        "protocol",
    ),
}
"""Strongest first: what a work is if several words fit."""

_TYPE_OF: Final = {word: kind for kind, words in _WORDS.items() for word in words}
_RANK: Final = {kind: rank for rank, kind in enumerate(_WORDS)}

RETRACTED: Final = "retracted publication"
"""What an article is called that was retracted: a mark, not a kind."""

_RULES: Final[dict[PublicationType, TypeRule]] = {
    "retraction": "notice",
    "erratum": "notice",
    "preprint": "preprint",
}


def europepmc_type(
    words: Sequence[str], source: str | None
) -> tuple[PublicationType, TypeRule]:
    """The publication type of several words, and the rule that spoke.

    Args:
        words: in any case; none, ``other`` by rule ``unknown``.
        source: where Europe PMC has the record from; ``PPR`` has preprints only.
    """
    if source == "PPR":
        return "preprint", "preprint"
    lower = [word.strip().lower() for word in words]
    kinds = [kind for word in lower if (kind := _kind(word))]
    if not kinds:
        return "other", "unknown"
    strongest = min(kinds, key=_RANK.__getitem__)
    return strongest, _RULES.get(strongest, "table")


def _kind(word: str) -> PublicationType | None:
    # "Clinical Trial, Phase III" and its like are many.
    return _TYPE_OF.get(word) or (
        "article" if word.startswith("clinical trial") else None
    )
