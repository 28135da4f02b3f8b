"""How evidence becomes a stance: the figures of the model besides the network."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from schemas.stance import Stance

LABELS: Final[tuple[Stance, Stance, Stance]] = (
    "supporting",
    "mentioning",
    "contrasting",
)
"""In the order of the network's outputs."""

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Linear:
    """Coefficients, a row a label, and intercepts, one a label."""

    coefficients: Rows
    intercepts: tuple[float, ...]


@dataclass(frozen=True)
class Rule:
    """The figures of ``model.json``.

    Attributes:
        version: of the model.
        longest: tokens of a statement that the network reads.
        thresholds: the probability from which a statement is called supporting, and,
            if it says itself that it differs, contrasting; below, it is mentioning.
        cues: from features of cues to log-odds; see `pipeline.stance.cues`.
        cue_words: parts of words among these features.
        calibration: from the evidence of network and cues to log-odds.
    """

    version: str
    longest: int
    thresholds: dict[str, float]
    cues: Linear
    cue_words: tuple[str, ...]
    calibration: Linear

    def stance(self, p: dict[Stance, float], *, differs: bool) -> Stance:
        """What a statement with these probabilities is called.

        Args:
            p: of each stance.
            differs: whether it says itself that it differs from the work that is meant,
                see `pipeline.stance.plain`. No other one is called contrasting, and
                none of these supporting.
        """
        likely: Stance = "contrasting" if differs else "supporting"
        return likely if p[likely] >= self.thresholds[likely] else "mentioning"


def read_rule(file: Traversable) -> Rule:
    """The rule in a file."""
    said = json.loads(file.read_bytes())
    return Rule(
        version=said["version"],
        longest=said["longest"],
        thresholds=said["thresholds"],
        cues=_linear(said["cues"]),
        cue_words=tuple(said["cues"]["words"]),
        calibration=_linear(said["calibration"]),
    )


def _linear(said: dict[str, list[list[float]] | list[float]]) -> Linear:
    return Linear(
        coefficients=tuple(tuple(row) for row in said["coefficients"]),  # type: ignore[arg-type]
        intercepts=tuple(said["intercepts"]),  # type: ignore[arg-type]
    )


@cache
def own_rule() -> Rule:
    """That of the model in the package; read without loading the network."""
    return read_rule(files("pipeline.stance") / "model" / "model.json")
