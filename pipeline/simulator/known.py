"""What can be known of one work of a world: who describes it, and what follows.

The rules are those of the design, applied to the world instead of to answers.
"""

from collections.abc import Iterable, Set
from typing import Final

from pipeline.simulator.kinds import Kind
from pipeline.simulator.work import VIEWS, View, Work, all_tokens

LISTING: Final[frozenset[View]] = frozenset(
    {"europepmc", "openalex", "opencitations", "semanticscholar"}
)
"""The sources that list the works that cite another."""

_FINE: Final = frozenset({"review", "editorial", "letter", "erratum"})
"""Types for which Crossref has no word: where it says article, others are asked."""

_FINE_VIEWS: Final[tuple[View, ...]] = ("openalex", "europepmc", "semanticscholar")


def describing(work: Work, listed_by: Set[View], *, is_asked: bool) -> list[View]:
    """The sources that describe a work in a run, strongest first.

    An asked work is described by all that know it. Of a citing work, Crossref, DataCite
    and OpenAlex tell by its DOI or their own id; Europe PMC by its PMID or PMCID or if
    it listed it; Semantic Scholar if it listed it; OpenCitations if nobody else does.
    """
    known = [view for view in VIEWS if view in work.known_to]
    if is_asked:
        return known
    told = [view for view in known if _is_told(view, work, listed_by)]
    return told or [view for view in known if view == "opencitations"]


def _is_told(view: View, work: Work, listed_by: Set[View]) -> bool:
    if view in {"crossref", "datacite"}:
        return work.doi is not None
    if view == "europepmc":
        return view in listed_by or bool(work.pmid or work.pmcid)
    if view == "semanticscholar":
        return view in listed_by
    return view == "openalex"


def work_id(work: Work) -> str:
    """The strongest identifier of a work."""
    tokens = all_tokens(work)
    if tokens[0].startswith("omid:"):
        return min(token for token in tokens if token.startswith("omid:"))
    return tokens[0]


def publication_type(work: Work, views: Iterable[View]) -> str:
    """The type of a work, from what those that describe it say.

    A preprint is one unless Crossref files it elsewhere; where Crossref says article,
    the first of the others with a finer word; else the first that knows a type.
    """
    said = {view: said_type(work.kind, view) for view in VIEWS if view in views}
    at_crossref = said.get("crossref")
    if work.kind.counts_as in {"retraction", "erratum"} and at_crossref:
        return work.kind.counts_as
    if "preprint" in said.values() and at_crossref in {None, "preprint"}:
        return "preprint"
    if at_crossref == "article":
        for view in _FINE_VIEWS:
            if said.get(view) in _FINE:
                return said[view]
    return next((one for one in said.values() if one != "other"), "other")


def said_type(kind: Kind, view: View) -> str:
    """The publication type that one source's word stands for."""
    alone: str | None = getattr(kind, f"alone_{view}")
    return alone or kind.counts_as


def published_year(work: Work, views: Iterable[View]) -> int | None:
    """The first year that one of them gives, strongest first."""
    dates = [work.date(view) for view in VIEWS if view in views]
    return next((parts[0] for parts in dates if parts), None)
