"""Worlds of any size, for load tests: plain works, no traps."""

import math
from random import Random
from typing import Final

from pipeline.simulator.generate import Crop, grow, identifiers, title_of
from pipeline.simulator.kinds import ARTICLE, REVIEW
from pipeline.simulator.people import VENUES, orcid
from pipeline.simulator.standing import AGENCIES, DOI_PREFIX
from pipeline.simulator.work import Person, Work
from pipeline.simulator.world import Citation, World, as_works

TOPICS = (
    "tide timing",
    "paper fatigue",
    "slow clocks",
    "bench design",
    "cloud sorting",
    "queue manners",
    "lantern light",
)


_SIGMA: Final = 1.2


def large_world(cited: int = 200, citing_each: int = 30, seed: int = 1) -> World:
    """A world of `cited` works, each cited by `citing_each` others; no traps."""
    return _world(f"large/{seed}", [citing_each] * cited)


def skewed_world(cited: int = 1_000, mean_citing: int = 10, seed: int = 1) -> World:
    """As `large_world`, with lists as they are: most short, a few long.

    Lengths are drawn from a log-normal distribution (sigma 1.2: the longest list of
    10,000 is some fifty times the mean), at least 0.
    """
    dice = Random(f"skewed/{seed}")  # noqa: S311 - a world, not a secret
    middle = math.log(mean_citing) - _SIGMA**2 / 2
    counts = [int(dice.lognormvariate(middle, _SIGMA)) for _ in range(cited)]
    return _world(f"skewed/{seed}", counts)


def _world(name: str, counts: list[int]) -> World:
    works: list[Work] = []
    edges: list[Citation] = []
    asked: list[str] = []
    number = 1_000
    for place, count in enumerate(counts):
        work = _cited(name, place, number)
        crop = Crop(
            name=f"{name.replace('/', '-')}.{place}",
            count=count,
            first_number=number + 1,
            years=range(2012, 2026),
            topics=TOPICS,
            insiders=tuple(one for one in work.authors if isinstance(one, Person)),
        )
        citing, citations = grow(crop, work)
        works += [work, *citing]
        edges += citations
        asked.append(work.dois[0])
        number += count + 1
    return World(as_works(works), tuple(edges), tuple(asked), AGENCIES)


def _cited(name: str, place: int, number: int) -> Work:
    dice = Random(f"{name}/cited/{place}")  # noqa: S311 - a world, not a secret
    kind = dice.choice((ARTICLE, ARTICLE, REVIEW))
    openalex, omid = identifiers(number)
    author = Person(
        f"{name}/{place}", "Vilde", f"Cited{letters(place)}", orcid(90_000 + place)
    )
    return Work(
        key=f"cited/{place}",
        title=title_of(kind, TOPICS, dice),
        published=(2008 + place % 5, 1 + place % 12),
        kind=kind,
        doi=f"{DOI_PREFIX}/citehouse.{name.replace('/', '-')}.{place}",
        openalex=openalex,
        omids=(omid,),
        authors=(author,),
        venue=VENUES[place % len(VENUES)],
    )


def letters(number: int) -> str:
    """A number in letters, as family names have no digits: 0 is a, 27 is bb."""
    letters = ""
    while True:
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
        if not number:
            return letters
