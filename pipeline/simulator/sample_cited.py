"""The cited works of the sample world, each with a reason to be there.

A classic with more than a thousand citing works, a trial, a review with a former DOI, a
preprint and its published version, a dataset, a book, a retracted article, an article
that nothing cites, a SICI, a DOI with comma and plus, a work that cites itself, and a
DOI that nobody knows.
"""

from typing import Final

from pipeline.simulator import kinds
from pipeline.simulator.generate import identifiers
from pipeline.simulator.people import REPOSITORY, VENUES, orcid
from pipeline.simulator.sample_abstracts import ABSTRACTS
from pipeline.simulator.work import EVERYWHERE, Person, Update, View, Work
from pipeline.simulator.world import Citation

MOSS_DOI: Final = "10.5555/citehouse.moss.2008"
BAKERS_DOI: Final = "10.5555/citehouse.bakers.2015"
RIVERS_DOI: Final = "10.5555/citehouse.rivers.2012"
ALIAS_DOI: Final = "10.5555/citehouse.rivers.old-address"
TIDES_PREPRINT_DOI: Final = "10.5555/citehouse.preprint.tides"
TIDES_DOI: Final = "10.5555/citehouse.tides.2021"
LANTERNS_DOI: Final = "10.5072/citehouse.lanterns.data"
FENCES_DOI: Final = "10.5555/citehouse.fences.book"
MEMORY_DOI: Final = "10.5555/citehouse.memory.2016"
QUEUES_DOI: Final = "10.5555/citehouse.queues.2025"
SICI_DOI: Final = "10.5555/(SICI)1099-9999(199905)10:3<123::AID-CITEHOUSE7>3.0.CO;2-Z"
COMMA_DOI: Final = "10.5555/citehouse.a,b+c"
MIRRORS_DOI: Final = "10.5555/citehouse.mirrors.2014"
UNKNOWN_DOI: Final = "10.5555/citehouse.nobody-knows-this"

ASKED: Final = (
    MOSS_DOI,
    BAKERS_DOI,
    RIVERS_DOI,
    ALIAS_DOI,
    TIDES_PREPRINT_DOI,
    TIDES_DOI,
    LANTERNS_DOI,
    FENCES_DOI,
    MEMORY_DOI,
    QUEUES_DOI,
    SICI_DOI,
    COMMA_DOI,
    MIRRORS_DOI,
    UNKNOWN_DOI,
)
"""What the demonstration asks about."""


_IN_ALL: Final[frozenset[View]] = EVERYWHERE | {"europepmc", "semanticscholar"}


def _person(number: int, given: str, family: str) -> Person:
    return Person(f"cited/{number}", given, family, orcid(70_000 + number))


def cited_works() -> list[Work]:
    """The works, in the order of `ASKED`."""
    return [*_articles(), *_tides(), *_others(), *_awkward()]


def _articles() -> list[Work]:
    return [
        _work(
            1,
            "moss",
            "A pocket method for counting moss patches from photographs",
            published=(2008, 5, 14),
            doi=MOSS_DOI,
            pmid=990_000_001,
            known_to=_IN_ALL,
            authors=(
                _person(1, "Ottoline", "Brackwater"),
                _person(2, "Ivo", "Sandlund"),
            ),
            venue=VENUES[0],
        ),
        _work(
            2,
            "bakers",
            "Evening light and sleep in night-shift bakers: a randomised trial",
            published=(2015, 9, 2),
            doi=BAKERS_DOI,
            pmid=990_000_002,
            pmcid=9_000_002,
            known_to=_IN_ALL,
            authors=(
                _person(3, "Perpetua", "Quillfeather"),
                _person(4, "Anselm", "Doughty-Marsh"),
                _person(5, "Ruth", "Pennyweather"),
            ),
            venue=VENUES[5],
        ),
        _work(
            3,
            "rivers",
            "Small rivers, large questions: a review",
            published=(2012, 3),
            kind=kinds.REVIEW,
            doi=RIVERS_DOI,
            alias_dois=(ALIAS_DOI,),
            authors=(_person(6, "Leopold", "Tidewright"),),
            venue=VENUES[7],
        ),
    ]


def _tides() -> list[Work]:
    authors = (_person(7, "Hedda", "Mossgrove"), _person(8, "Cosmo", "Larkrise"))
    return [
        _work(
            4,
            "tides-preprint",
            "Clocks that keep the tide: early results",
            published=(2020, 6, 30),
            kind=kinds.PREPRINT_FILED_AS_ARTICLE,
            doi=TIDES_PREPRINT_DOI,
            authors=authors,
            venue=REPOSITORY,
            published_as="tides",
        ),
        _work(
            5,
            "tides",
            "Clocks that keep the tide",
            published=(2021, 4, 12),
            doi=TIDES_DOI,
            authors=authors,
            venue=VENUES[2],
        ),
    ]


def _others() -> list[Work]:
    return [
        _work(
            6,
            "lanterns",
            "Brightness of 4,000 lanterns in the town of Port Example",
            published=(2019, 11, 5),
            kind=kinds.DATASET,
            doi=LANTERNS_DOI,
            agency="DataCite",
            known_to=frozenset({"datacite", "openalex", "semanticscholar"}),
            omids=(),
            authors=(_person(9, "Ysolde", "Candlemaker"),),
        ),
        _work(
            7,
            "fences",
            "Good fences: a history of boundaries that never were",
            published=(2011,),
            kind=kinds.BOOK,
            doi=FENCES_DOI,
            authors=(_person(10, "Barnaby", "Hedgelow"),),
            has_meta_authors=False,
        ),
        _work(
            8,
            "memory",
            "Walking through doorways improves recall of shopping lists",
            published=(2016, 1, 20),
            doi=MEMORY_DOI,
            pmid=990_000_008,
            pmcid=9_000_008,
            known_to=EVERYWHERE | {"europepmc"},
            authors=(
                _person(11, "Valentin", "Overbright"),
                _person(12, "Greta", "Sumdale"),
            ),
            venue=VENUES[6],
            is_retracted=True,
            updated_by=(
                Update(
                    "retraction",
                    "odd/retraction-notice",
                    (2019, 6, 3),
                    ("publisher", "retraction-watch"),
                ),
            ),
        ),
        _work(
            9,
            "queues",
            "Queue manners among people who wait for nothing",
            published=(2025, 10, 1),
            doi=QUEUES_DOI,
            authors=(_person(13, "Wilhelmina", "Standish-Row"),),
            venue=VENUES[8],
        ),
    ]


def _awkward() -> list[Work]:
    return [
        _work(
            10,
            "sici",
            "Fatigue of folded paper: an appendix",
            published=(1999, 5),
            doi=SICI_DOI,
            known_to=frozenset({"crossref", "opencitations"}),
            openalex=None,
            authors=(_person(14, "Ambrose", "Papermill"),),
            venue=VENUES[3],
        ),
        _work(
            11,
            "comma",
            "On commas, pluses and other things in identifiers",
            published=(2013, 7, 9),
            doi=COMMA_DOI,
            authors=(_person(15, "Sibyl", "Punctuate"),),
            venue=VENUES[9],
        ),
        _work(
            12,
            "mirrors",
            "Mirrors that look at themselves",
            published=(2014, 2, 28),
            doi=MIRRORS_DOI,
            authors=(_person(16, "Narcisse", "Glasswell"),),
            venue=VENUES[3],
        ),
    ]


def _work(number: int, key: str, title: str, **facts: object) -> Work:
    openalex, omid = identifiers(number)
    patches = ABSTRACTS.get(key, {})
    everything = {
        "openalex": openalex,
        "omids": (omid,),
        "patches": patches,
        **facts,
    }
    return Work(key=key, title=title, **everything)  # type: ignore[arg-type]


def citations_among_cited() -> list[Citation]:
    """Whom the cited works cite among themselves."""
    return [
        Citation("queues", "moss", EVERYWHERE),
        Citation("rivers", "moss", EVERYWHERE),
        Citation("tides", "moss", EVERYWHERE),
        Citation("tides-preprint", "moss", EVERYWHERE),
        Citation("tides", "lanterns", frozenset({"openalex", "crossref"})),
        # OpenCitations lists a work that cites itself; that is no citation.
        Citation("mirrors", "mirrors", frozenset({"opencitations"})),
    ]
