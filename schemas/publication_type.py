"""The publication types, one word a kind; each source file maps its own words to them.

The whole table, with the vocabularies of the sources as read in 2026, stands in
docs/publication-types.md.
"""

from typing import Final, Literal, TypeAlias, get_args

PublicationType = Literal[
    "article",
    "review",
    "preprint",
    "book",
    "book-chapter",
    "conference-paper",
    "dataset",
    "editorial",
    "letter",
    "erratum",
    "retraction",
    "dissertation",
    "report",
    "peer-review",
    "other",
]

PUBLICATION_TYPES: Final[tuple[PublicationType, ...]] = get_args(PublicationType)

TypeRule: TypeAlias = Literal["notice", "preprint", "table", "unknown"]
"""Which step of the mapping spoke; ``unknown``: a word outside the vocabulary."""

PREPRINT_PREFIXES: Final = frozenset(
    {
        "10.1101",  # bioRxiv, medRxiv
        "10.14293",  # ScienceOpen
        "10.20944",  # Preprints.org
        "10.21203",  # Research Square
        "10.2139",  # SSRN
        "10.22541",  # Authorea
        "10.26434",  # ChemRxiv
        "10.31219",  # OSF
        "10.31234",  # PsyArXiv
        "10.36227",  # TechRxiv
        "10.48550",  # arXiv
        "10.64898",  # openRxiv
    }
)
"""Whose posted content is preprints where no subtype says so."""
