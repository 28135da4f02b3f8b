"""The sample world: cited works from several fields and all that cites them.

All of it is invented. DOIs lie under the test prefixes of Crossref and DataCite.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from pipeline.simulator.generate import Crop, grow
from pipeline.simulator.sample_cited import ASKED, citations_among_cited, cited_works
from pipeline.simulator.sample_odd import odd_citations, strays
from pipeline.simulator.sample_odd_works import odd_works
from pipeline.simulator.sample_texts import PMCIDS
from pipeline.simulator.standing import AGENCIES
from pipeline.simulator.work import Person
from pipeline.simulator.world import World, as_works


@dataclass(frozen=True, slots=True)
class _Order:
    """How many citing works a cited work gets, when, and about what."""

    key: str
    count: int
    first_number: int
    years: range
    topics: tuple[str, ...]


_ORDERS: Final = (
    _Order(
        "moss",
        1_228,
        10_000,
        range(2009, 2027),
        (
            "moss cover",
            "photograph counts",
            "observer error",
            "boulder lichens",
            "rooftop gardens",
            "snow melt timing",
            "volunteer surveys",
            "shade and slope",
        ),
    ),
    _Order(
        "bakers",
        50,
        2_000,
        range(2016, 2027),
        ("evening light", "night-shift sleep", "bakery rosters", "blue lamps", "naps"),
    ),
    _Order(
        "rivers",
        28,
        3_000,
        range(2013, 2027),
        ("small rivers", "gravel bars", "flood memory", "ford crossings"),
    ),
    _Order(
        "tides-preprint", 8, 4_000, range(2020, 2024), ("tide clocks", "harbour noise")
    ),
    _Order(
        "tides",
        22,
        4_100,
        range(2021, 2027),
        ("tide clocks", "harbour noise", "mooring loads"),
    ),
    _Order(
        "lanterns",
        12,
        4_200,
        range(2020, 2027),
        ("lantern light", "street brightness", "moth counts"),
    ),
    _Order(
        "fences",
        18,
        4_300,
        range(2012, 2027),
        ("fence lines", "shared pasture", "boundary quarrels"),
    ),
    _Order(
        "memory",
        24,
        4_400,
        range(2016, 2027),
        ("shopping-list recall", "hallway memory", "background music"),
    ),
    _Order(
        "sici",
        14,
        4_500,
        range(2000, 2026),
        ("paper fatigue", "folding strength", "archive damp"),
    ),
    _Order(
        "comma",
        11,
        4_600,
        range(2014, 2026),
        ("comma splices", "list reading", "pauses"),
    ),
    _Order(
        "mirrors",
        10,
        4_700,
        range(2015, 2026),
        ("mirror drift", "self-reference", "slow clocks"),
    ),
)


@cache
def sample_world() -> World:
    """The world of the demonstration; the same object every time."""
    cited = as_works(cited_works())
    works = [*cited.values(), *odd_works(cited)]
    edges = [*citations_among_cited(), *odd_citations()]
    for order in _ORDERS:
        work = cited[order.key]
        people = tuple(one for one in work.authors if isinstance(one, Person))
        crop = Crop(
            order.key,
            order.count,
            order.first_number,
            order.years,
            order.topics,
            insiders=people,
        )
        citing, citations = grow(crop, work)
        works += [
            replace(work, pmcid=PMCIDS.get(work.key, work.pmcid)) for work in citing
        ]
        edges += citations
    return World(
        works=as_works(works),
        citations=tuple(edges),
        asked=ASKED,
        agencies=AGENCIES,
        strays=strays(),
        broken_in_lists=frozenset({"odd/nameless-in-lists"}),
    )
