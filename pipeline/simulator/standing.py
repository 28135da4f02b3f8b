"""In what standing a citing work is: which sources know it, and by which names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.simulator import kinds
from pipeline.simulator.kinds import Kind
from pipeline.simulator.work import EVERYWHERE, View

DOI_PREFIX: Final = "10.5555"
"""Crossref's prefix for tests."""

DATACITE_PREFIX: Final = "10.5072"
"""DataCite's prefix for tests."""

ARXIV_PREFIX: Final = "10.48550"
"""arXiv's prefix, registered with DataCite: its DOIs tell the arXiv identifier."""

AGENCIES: Final = {
    DOI_PREFIX: "Crossref",
    DATACITE_PREFIX: "DataCite",
    ARXIV_PREFIX: "DataCite",
}
"""DOI prefix to registration agency."""

_NO_DOI: Final = (
    kinds.DISSERTATION,
    kinds.REPORT,
    kinds.CONFERENCE,
    kinds.ARTICLE,
)
_IN_DATACITE: Final = (kinds.DATASET, kinds.DATASET, kinds.DISSERTATION)
_IN_PUBMED: Final = (kinds.ARTICLE, kinds.ARTICLE, kinds.REVIEW)
_REGISTERED: Final[tuple[tuple[Kind, int], ...]] = (
    (kinds.ARTICLE, 60),
    (kinds.REVIEW, 9),
    (kinds.CONFERENCE, 7),
    (kinds.CONFERENCE_FILED_AS_ARTICLE, 2),
    (kinds.CHAPTER, 6),
    (kinds.CHAPTER_FILED_AS_ARTICLE, 1),
    (kinds.PREPRINT, 4),
    (kinds.PREPRINT_FILED_AS_ARTICLE, 1),
    (kinds.BOOK, 2),
    (kinds.DISSERTATION, 2),
    (kinds.LETTER, 2),
    (kinds.EDITORIAL, 2),
    (kinds.REPORT, 1),
    (kinds.REFERENCE_ENTRY, 1),
    (kinds.PEER_REVIEW, 1),
    (kinds.COMPONENT, 1),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Which sources know a work, and by which identifiers."""

    known_to: frozenset[View]
    weight: int
    prefix: str | None = DOI_PREFIX
    has_pmid: bool = False
    has_arxiv: bool = False
    kinds: tuple[tuple[Kind, int], ...] = _REGISTERED


def _evenly(chosen: Sequence[Kind]) -> tuple[tuple[Kind, int], ...]:
    return tuple((kind, 1) for kind in chosen)


_PUBMED: Final = _evenly(_IN_PUBMED)
_PREPRINTS: Final = _evenly((kinds.PREPRINT,))


def _known(*views: View) -> frozenset[View]:
    return frozenset(views)


STANDINGS: Final = (
    Standing(EVERYWHERE, 50),
    Standing(EVERYWHERE | {"semanticscholar"}, 14),
    Standing(
        EVERYWHERE | {"europepmc", "semanticscholar"}, 8, has_pmid=True, kinds=_PUBMED
    ),
    Standing(EVERYWHERE | {"europepmc"}, 2, has_pmid=True, kinds=_PUBMED),
    Standing(_known("openalex", "crossref"), 10),
    Standing(_known("opencitations", "crossref"), 6),
    # Nothing but Europe PMC lists it, by its PMID; only then is it known to have a DOI.
    Standing(_known("europepmc", "crossref"), 1, has_pmid=True, kinds=_PUBMED),
    Standing(_known("europepmc", "crossref", "openalex"), 1, kinds=_PREPRINTS),
    Standing(_known("openalex"), 4, prefix=None, kinds=_evenly(_NO_DOI)),
    Standing(
        _known("datacite", "openalex"),
        2,
        prefix=DATACITE_PREFIX,
        kinds=_evenly(_IN_DATACITE),
    ),
    Standing(
        _known("datacite", "openalex", "opencitations"),
        1,
        prefix=DATACITE_PREFIX,
        kinds=_evenly(_IN_DATACITE),
    ),
    Standing(
        _known("datacite", "openalex", "semanticscholar"),
        1,
        prefix=ARXIV_PREFIX,
        kinds=_PREPRINTS,
        has_arxiv=True,
    ),
    Standing(
        _known("openalex", "opencitations"),
        1,
        prefix=None,
        has_pmid=True,
        kinds=_PUBMED,
    ),
    Standing(
        _known("openalex", "europepmc"), 1, prefix=None, has_pmid=True, kinds=_PUBMED
    ),
    Standing(_known("europepmc"), 1, None, has_pmid=True, kinds=_PUBMED),
    Standing(_known("opencitations"), 1, None, has_pmid=True, kinds=_PUBMED),
    Standing(_known("opencitations"), 1, None, kinds=_evenly(_NO_DOI)),
    Standing(
        _known("semanticscholar"), 1, None, kinds=_evenly(_NO_DOI), has_arxiv=True
    ),
    Standing(_known("semanticscholar"), 1, None, kinds=_evenly(_NO_DOI)),
)
"""Standings with their weights: how often each is met among citing works."""
