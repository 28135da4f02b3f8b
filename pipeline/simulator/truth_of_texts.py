"""What the statements of a correct warehouse are, worked out from the world alone."""

from collections import Counter

from pipeline.simulator.full_text import references, said_of
from pipeline.simulator.known import work_id
from pipeline.simulator.sample_texts import sample_text
from pipeline.simulator.truth import CitedTruth
from pipeline.simulator.world import World

Stated = tuple[str, str, str, int]
"""Citing work id, kind of section, sentence, how often it cites the work."""


def statements(world: World, cited: CitedTruth) -> Counter[Stated]:
    """The statements about a cited work, in texts that were not written by hand."""
    asked = world.asked_work(cited.doi)
    found: Counter[Stated] = Counter()
    if asked is None:
        return found
    for key in cited.texts:
        citing = world.works[key]
        if sample_text(key) is not None:
            continue
        number = references(world, citing).index(asked) + 1
        found.update(
            (work_id(citing), one.section, one.text, one.mention_count)
            for one in said_of(citing, asked, number)
        )
    return found
