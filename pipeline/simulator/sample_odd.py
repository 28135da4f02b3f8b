"""Whom the traps of the sample world cite, and records that no list should hold."""

from collections.abc import Mapping
from typing import Final

from pipeline.simulator.work import EVERYWHERE, View
from pipeline.simulator.world import Citation, Stray

_OA_ONLY: Final[frozenset[View]] = frozenset({"openalex"})
_OC_CR: Final[frozenset[View]] = frozenset({"crossref", "opencitations"})
_LISTING: Final[frozenset[View]] = frozenset({"openalex", "opencitations"})

_CITED: Final[Mapping[str, tuple[str, ...]]] = {
    "odd/two-omids": ("bakers",),
    "odd/meta-knows-openalex": ("bakers",),
    "odd/pmid-in-common": ("bakers",),
    "odd/alias-in-cell": ("rivers",),
    "odd/pair-in-cell": ("bakers",),
    "odd/pair-in-cell/preprint": ("bakers",),
    "odd/wrong-doi-in-cell": ("bakers",),
    "odd/wronged": ("bakers",),
    "odd/merged-pair": ("bakers",),
    "odd/merged-pair/preprint": ("bakers",),
    "odd/split-pair": ("rivers",),
    "odd/split-pair/preprint": ("bakers",),
    "odd/consortium": ("bakers",),
    "odd/namesake": ("bakers",),
    "odd/without-orcid": ("bakers",),
    "odd/nobody-signed": ("bakers",),
    "odd/organisation": ("bakers",),
    "odd/authors-lost": ("fences",),
    "odd/retracted": ("bakers",),
    "odd/erratum": ("bakers",),
    "odd/retraction-notice": ("memory",),
    "odd/nameless-in-lists": ("memory",),
    "odd/impossible-day": ("rivers",),
    "odd/null-date": ("moss",),
    "odd/cover-date-to-come": ("moss",),
    "odd/no-date": ("moss",),
    "odd/html-title": ("moss",),
    "odd/mathml-title": ("moss",),
    "odd/empty-title": ("moss",),
    "odd/no-title": ("moss",),
    "odd/text-title": ("rivers",),
    "odd/unheard-of-crossref": ("bakers",),
    "odd/unheard-of-openalex": ("bakers",),
    "odd/hash-in-doi": ("bakers",),
    "odd/comma-in-doi": ("bakers",),
}
"""Citing key to the keys of the works that it cites."""


def odd_citations() -> list[Citation]:
    """Whom the works cite, and which sources noticed."""
    edges = [
        Citation(citing, cited, _KNOWN_EDGES.get(citing, EVERYWHERE))
        for citing, cites in _CITED.items()
        for cited in cites
    ]
    # Found only because the record is read for another reason.
    return [*edges, Citation("odd/two-omids", "rivers", frozenset({"crossref"}))]


def strays() -> tuple[Stray, ...]:
    """Records that citing lists should not hold."""
    row = {
        "cited": "omid:br/06990000002 doi:10.5555/citehouse.bakers.2015",
        "creation": "2019",
        "timespan": "P4Y",
        "journal_sc": "no",
        "author_sc": "yes",
    }
    return (
        Stray(
            "openalex",
            "bakers",
            "reject",
            {
                "id": "https://openalex.org/not-a-work",
                "doi": None,
                "title": "A record whose identifier is none",
                "display_name": "A record whose identifier is none",
                "type": "article",
                "publication_year": 2020,
            },
        ),
        Stray(
            "opencitations",
            "bakers",
            "reject",
            {"oci": "not-an-oci", "citing": "omid:nonsense", **row},
        ),
        Stray(
            "opencitations",
            "bakers",
            "absent",
            {"oci": "06990000999-06990000002", "citing": "", **row},
        ),
    )


_KNOWN_EDGES: Final[Mapping[str, frozenset[View]]] = {
    "odd/meta-knows-openalex": _LISTING,
    "odd/pmid-in-common": _LISTING,
    "odd/pair-in-cell/preprint": frozenset({"openalex", "crossref"}),
    "odd/merged-pair/preprint": _OC_CR,
    "odd/unheard-of-crossref": _OC_CR,
    "odd/unheard-of-openalex": _OA_ONLY,
    "odd/no-date": _OA_ONLY,
    "odd/no-title": _OA_ONLY,
}
"""Where not all three sources noticed."""
