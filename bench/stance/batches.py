"""Statements of similar length together, so that little is filled up."""

import random
from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor

from pipeline.stance.wording import window
from stance.network import SEPARATOR_ID, TARGET_ID

LONGEST: Final = 72
"""Tokens of a statement that the network reads: nearly all have fewer, and its time
grows with them."""

_SORTED_AT_ONCE: Final = 16
"""Batches; more would make each epoch's batches alike."""

Tokens = list[int]


def cut(ids: Sequence[int], longest: int = LONGEST) -> Tokens:
    """A statement as the network reads it, see `pipeline.stance.wording.window`."""
    return window(ids, target=TARGET_ID, end=SEPARATOR_ID, longest=longest)


def padded(
    statements: Sequence[Sequence[int]], longest: int = LONGEST
) -> tuple[Tensor, Tensor]:
    """Tokens filled up with 0, and the mask of what was not; at least one statement."""
    rows = [cut(ids, longest) for ids in statements]
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row)
    return ids, (ids != 0).long()


def shuffled_batches(
    lengths: Sequence[int], size: int, draw: random.Random
) -> list[list[int]]:
    """The places of all statements, each once, in batches; none without statements."""
    places = list(range(len(lengths)))
    draw.shuffle(places)
    step = size * _SORTED_AT_ONCE
    batches: list[list[int]] = []
    for first in range(0, len(places), step):
        some = sorted(
            places[first : first + step], key=lambda at: min(lengths[at], LONGEST)
        )
        batches += [some[at : at + size] for at in range(0, len(some), size)]
    draw.shuffle(batches)
    return batches
