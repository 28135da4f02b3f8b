"""A world a night later: what has changed, and when each source says that it did."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Final

from pipeline.simulator.generate import Crop, grow
from pipeline.simulator.large import TOPICS
from pipeline.simulator.work import VIEWS
from pipeline.simulator.world import World

_AGAIN_NUMBER: Final = 5_000_000
"""Beyond those of any world of 100,000 works with ten citing ones each."""


def cited_again(
    world: World, keys: Iterable[str], day: dt.date, *, seed: int = 1
) -> World:
    """The world a night later, in which new works cite some cited ones: 1 to 3 each.

    Each is known to OpenAlex or Crossref, so that it shows in what these count.
    """
    works, edges = dict(world.works), list(world.citations)
    for place, key in enumerate(keys):
        dice = Random(f"again/{seed}/{key}")  # noqa: S311 - a world, not a secret
        wanted, grown = dice.randint(1, 3), 0
        for attempt in range(50):
            crop = Crop(
                name=f"again-{seed}.{place}.{attempt}",
                count=1,
                first_number=_AGAIN_NUMBER + 100_000 * seed + 60 * place + attempt,
                years=range(2025, 2027),
                topics=TOPICS,
            )
            citing, citations = grow(crop, world.works[key])
            if grown < wanted and {"openalex", "crossref"} & citations[0].known_to:
                works |= {work.key: work for work in citing}
                edges += citations
                grown += 1
    later = replace(world, works=works, citations=tuple(edges))
    return dated(world, later, day)


def dated(before: World, after: World, day: dt.date) -> World:
    """The later world, in which each source dates what has changed for it.

    A work has changed for a source if its record has, or the number of works that cite
    it, or a notice on it.
    """
    changed = dict(before.changed_on)
    for key, work in after.works.items():
        was = before.works.get(key)
        for view in VIEWS:
            if view not in work.known_to:
                continue
            is_same = was is work or was == work
            count = len(after.citing(view, key))
            if not is_same or count != len(before.citing(view, key)):
                changed[view, key] = day
    return replace(after, changed_on=changed)
