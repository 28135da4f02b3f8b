"""One training run: over the other sets, or over statements with stances."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.stance.rule import LABELS
from stance.batches import Tokens, padded, shuffled_batches
from stance.data import HEADS, Example, Floats
from stance.network import (
    WIDTH,
    State,
    Trained,
    encoded,
    loaded,
    new_encoder,
    new_head,
)

RATE: Final = 5e-5
"""The highest learning rate; BERT's authors recommend 2e-5 to 5e-5."""

WEIGHT_DECAY: Final = 0.01
WARM_UP: Final = 0.1
"""Part of the steps in which the rate rises, before it falls to 0."""

LARGEST_GRADIENT: Final = 1.0

LAYER_DECAY: Final = 0.9
"""The rate of each layer to that of the one above: lower ones know more already."""

HEAD_RATE: Final = 4.0
"""The rate of the head to that of the topmost layer: it begins by chance."""

BATCH: Final = 24
OTHERS_BATCH: Final = 32
OTHERS_LONGEST: Final = 64
"""Tokens; a little less than for stances, and faster."""

JUDGED_AT_ONCE: Final = 64


@dataclass(frozen=True)
class Run:
    """How long a run is, and what its chance begins with.

    Attributes:
        epochs: times that all statements are seen.
        seed: of weights, dropout and order.
        most_steps: after so many it stops, to try things out; None: when it is done.
    """

    epochs: int
    seed: int
    most_steps: int | None = None


def fit_others(examples: Sequence[Example], ids: Sequence[Tokens], run: Run) -> State:
    """The encoder after the other sets, each with a head of its own.

    Args:
        examples: at least one of each set.
        ids: their tokens, in the same order.
        run: its epochs are not read: there is one.
    """
    torch.manual_seed(run.seed)
    draw = random.Random(run.seed)  # noqa: S311 - the order of examples
    encoder = new_encoder().train()
    heads = nn.ModuleList([nn.Linear(WIDTH, classes) for classes in HEADS])
    optimiser = _optimiser([_group([*encoder.parameters(), *heads.parameters()], 1.0)])
    batches = _batches_by_head(examples, ids, draw)
    for step, (head, places) in enumerate(batches[: run.most_steps]):
        _set_rate(optimiser, step, len(batches))
        vectors = encoded(encoder, *padded([ids[at] for at in places], OTHERS_LONGEST))
        labels = torch.tensor([examples[at].label for at in places])
        _advance(optimiser, nn.functional.cross_entropy(heads[head](vectors), labels))
    return encoder.state_dict()


def _batches_by_head(
    examples: Sequence[Example], ids: Sequence[Tokens], draw: random.Random
) -> list[tuple[int, list[int]]]:
    """Batches of one set each, with the set's head, in a mixed order."""
    found: list[tuple[int, list[int]]] = []
    for head in range(len(HEADS)):
        own = [at for at, one in enumerate(examples) if one.head == head]
        lengths = [len(ids[at]) for at in own]
        batches = shuffled_batches(lengths, OTHERS_BATCH, draw)
        found += [(head, [own[at] for at in batch]) for batch in batches]
    draw.shuffle(found)
    return found


def fit_stances(
    ids: Sequence[Tokens], targets: Floats, weights: Floats, start: State, run: Run
) -> Trained:
    """Encoder and head after statements with stances.

    Args:
        ids: the tokens of at least one statement.
        targets: the probability of each stance, statements by three.
        weights: how much each statement counts.
        start: what the encoder begins with.
        run: how long.
    """
    torch.manual_seed(run.seed)
    draw = random.Random(run.seed)  # noqa: S311 - the order of statements
    encoder, head = new_encoder(start).train(), new_head()
    optimiser = _optimiser(_groups(encoder, head))
    wanted = torch.tensor(targets, dtype=torch.float)
    counted = torch.tensor(weights, dtype=torch.float)
    lengths = [len(one) for one in ids]
    epochs = [shuffled_batches(lengths, BATCH, draw) for _ in range(run.epochs)]
    batches = [batch for epoch in epochs for batch in epoch]
    for step, places in enumerate(batches[: run.most_steps]):
        _set_rate(optimiser, step, len(batches))
        logits = head(encoded(encoder, *padded([ids[at] for at in places])))
        _advance(optimiser, _loss(logits, wanted[places], counted[places]))
    return encoder.state_dict(), head.state_dict()


def probabilities(trained: Trained, ids: Sequence[Tokens]) -> Floats:
    """What a network says of statements, statements by three; 0 rows for none."""
    encoder, head = loaded(trained)
    found = np.zeros((len(ids), len(LABELS)))
    by_length = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    with torch.no_grad():
        for first in range(0, len(by_length), JUDGED_AT_ONCE):
            some = by_length[first : first + JUDGED_AT_ONCE]
            logits = head(encoded(encoder, *padded([ids[at] for at in some])))
            found[some] = torch.softmax(logits, dim=-1).numpy()
    return found


def _loss(logits: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """Cross-entropy, the mean by weight."""
    each = -(targets * torch.log_softmax(logits, dim=-1)).sum(1)
    return (each * weights).sum() / weights.sum()


def _groups(encoder: nn.Module, head: nn.Module) -> list[dict[str, Any]]:
    """All that is learned, with the factor of its rate: less, the further below."""
    layers = list(encoder.encoder.layer)
    by_depth = [
        _group(layer.parameters(), LAYER_DECAY ** (len(layers) - 1 - at))
        for at, layer in enumerate(layers)
    ]
    below = LAYER_DECAY ** (len(layers) + 1)
    return [
        _group(head.parameters(), HEAD_RATE),
        _group(encoder.embeddings.parameters(), below),
        *by_depth,
    ]


def _group(parameters: Iterable[nn.Parameter], factor: float) -> dict[str, Any]:
    learned = [one for one in parameters if one.requires_grad]
    return {"params": learned, "factor": factor}


def _optimiser(groups: list[dict[str, Any]]) -> torch.optim.Optimizer:
    return torch.optim.AdamW(groups, RATE, weight_decay=WEIGHT_DECAY, fused=True)


def _set_rate(optimiser: torch.optim.Optimizer, step: int, steps: int) -> None:
    """Rising in the first tenth of the steps, then falling to 0."""
    part = min((step + 1) / (steps * WARM_UP), 1 - step / steps)
    for group in optimiser.param_groups:
        group["lr"] = RATE * group["factor"] * part


def _advance(optimiser: torch.optim.Optimizer, loss: Tensor) -> None:
    """One step down the gradient."""
    loss.backward()
    learned = [one for group in optimiser.param_groups for one in group["params"]]
    nn.utils.clip_grad_norm_(learned, LARGEST_GRADIENT)
    optimiser.step()
    optimiser.zero_grad()
