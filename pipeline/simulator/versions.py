"""Which works of a world are versions of one work, and which of them stands for it."""

from collections.abc import Callable, Iterator, Set
from typing import Final

from pipeline.simulator.known import work_id
from pipeline.simulator.world import World

VERSION_RELATIONS: Final = frozenset(
    {"IsVersionOf", "HasVersion", "IsNewVersionOf", "IsPreviousVersionOf"}
)
"""DataCite's words for other versions of the same work."""


def version_heads(world: World, met: Set[str]) -> dict[str, str]:
    """Key of each version to that of the one that stands for its group.

    A published version stands for its preprints; of several published ones the one
    whose identifier comes first. A version that no answer is about stands for nothing.
    """
    groups: dict[str, set[str]] = {}
    for one, other in _version_pairs(world):
        if not {one, other} <= met:
            continue
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(joined, joined))
    return {key: min(group, key=_standing_of(world)) for key, group in groups.items()}


def _version_pairs(world: World) -> Iterator[tuple[str, str]]:
    for work in world.works.values():
        if work.published_as:
            yield work.key, work.published_as
        for relation, other in work.relations:
            if relation in VERSION_RELATIONS:
                yield work.key, other


def _standing_of(world: World) -> Callable[[str], tuple[bool, str]]:
    def standing(key: str) -> tuple[bool, str]:
        work = world.works[key]
        return (work.kind.counts_as == "preprint", work_id(work))

    return standing
