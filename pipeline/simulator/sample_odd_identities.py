"""Traps of identity in the sample world: doubled, shared and mistaken identifiers."""

from typing import Final

from pipeline.simulator import kinds
from pipeline.simulator.generate import identifiers
from pipeline.simulator.people import REPOSITORY, VENUES, crowd
from pipeline.simulator.work import View, Work

_OC_CR: Final[frozenset[View]] = frozenset({"crossref", "opencitations"})
_LISTING: Final[frozenset[View]] = frozenset({"openalex", "opencitations"})


def odd_work(number: int, name: str, title: str, **facts: object) -> Work:
    """A citing work that is plain in all but the given facts."""
    openalex, omid = identifiers(100 + number)
    everything = {
        "doi": f"10.5555/citehouse.odd.{number}",
        "published": (2018, 3, 7),
        "openalex": openalex,
        "omids": (omid,),
        "authors": crowd()[number * 3 : number * 3 + 2],
        "venue": VENUES[number % len(VENUES)],
        **facts,
    }
    return Work(key=f"odd/{name}", title=title, **everything)  # type: ignore[arg-type]


def awkward_identities() -> list[Work]:
    """Works that the sources name in different ways."""
    return [
        odd_work(
            1,
            "two-omids",
            "Bread before dawn: light at the oven door",
            doi="10.5555/CITEHOUSE.ODD.1",
            omids=("06990000101", "06980000101"),
        ),
        odd_work(
            2,
            "meta-knows-openalex",
            "Sleep diaries from an unnamed bakery",
            doi=None,
            known_to=_LISTING,
            kind=kinds.REPORT,
            index_ids=(),
            meta_ids=("openalex",),
        ),
        odd_work(
            3,
            "pmid-in-common",
            "Lamps for night workers",
            doi=None,
            pmid=990_000_103,
            known_to=_LISTING,
        ),
        odd_work(
            4,
            "alias-in-cell",
            "Gravel and patience",
            doi="10.5555/citehouse.odd.4",
            alias_dois=("10.5555/citehouse.odd.4.former",),
        ),
        odd_work(
            5,
            "wrong-doi-in-cell",
            "Rosters and rest in Lower Fernshire",
            index_extra=("doi:10.5555/citehouse.odd.6",),
        ),
        odd_work(6, "wronged", "Rosters and rest in Upper Placeholder"),
        odd_work(
            7,
            "hash-in-doi",
            "Table 4 and its consequences",
            doi="10.5555/citehouse(2018)7:4<odd#7>2.0.CO;2-#",
        ),
        odd_work(
            8,
            "comma-in-doi",
            "A pause, and more sleep",
            doi="10.5555/citehouse.odd.8,v+2",
        ),
        odd_work(
            9,
            "nameless-in-lists",
            "Doorways reconsidered",
            published=(2020, 10, 1),
        ),
    ]


def version_pairs() -> list[Work]:
    """Preprints and their published versions."""
    return [
        odd_work(
            10,
            "pair-in-cell",
            "Dim kitchens, long nights",
            published=(2019, 5, 2),
            index_extra=("doi:10.5555/citehouse.odd.11",),
        ),
        _preprint(11, "pair-in-cell", "Dim kitchens, long nights", (2018, 12, 1)),
        odd_work(
            12,
            "merged-pair",
            "Ovens as clocks",
            published=(2022, 1, 15),
            kind=kinds.LETTER,
        ),
        _preprint(
            13,
            "merged-pair",
            "Ovens as clocks",
            (2021, 8, 8),
            openalex=None,
            openalex_home="odd/merged-pair",
            known_to=_OC_CR,
        ),
        odd_work(
            14,
            "split-pair",
            "Water and sleep",
            published=(2023, 2, 2),
            kind=kinds.REVIEW,
        ),
        # Only the preprint cites the trial; its group stands under the review of 2023.
        _preprint(15, "split-pair", "Water and sleep", (2022, 9, 9)),
    ]


def _preprint(
    number: int, name: str, title: str, published: tuple[int, ...], **facts: object
) -> Work:
    return odd_work(
        number,
        f"{name}/preprint",
        f"{title} (preprint)",
        **{
            "kind": kinds.PREPRINT,
            "venue": REPOSITORY,
            "published": published,
            "published_as": f"odd/{name}",
            **facts,
        },
    )
