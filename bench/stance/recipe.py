"""The runs, one upon the other: the other sets, a teacher, its pupil.

The teacher learns the clinical set. It gives soft labels to sentences of the other
sets; the student learns these and the clinical set together. Every result is kept in a
folder, and what is there already is taken as it is, so a stopped training goes on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from pipeline.stance.rule import LABELS
from stance.batches import Tokens
from stance.data import Example, Floats, Integers
from stance.fit import Run, fit_others, fit_stances, probabilities
from stance.network import State, Trained

OTHERS_SEED: Final = 0
TEACHER_SEED: Final = 1
TEACHER_EPOCHS: Final = 5
STUDENT_EPOCHS: Final = 3
"""Fewer than the teacher's: it sees more than twice as many statements in each."""

SMOOTHING: Final = 0.05
"""Taken from the label and shared among all: labels are not certain."""

TEACHER_BALANCE: Final = 0.6
STUDENT_BALANCE: Final = 0.5
"""Classes count by the inverse of their share to this power: 0 is each statement the
same, 1 is each class the same."""

SOFT_WEIGHT: Final = 0.5
"""Of a sentence that only the teacher has labelled; clinical ones have 1 on average."""


@dataclass(frozen=True)
class Recipe:
    """What the runs read, and where their results are kept.

    Attributes:
        ids: the tokens of the clinical statements.
        classes: their stances.
        unlabelled: the tokens of sentences to which the teacher gives stances.
        examples: those of the other sets.
        example_ids: their tokens.
        work: the folder of results.
        most_steps: of a run, to try things out; None: all.
    """

    ids: Sequence[Tokens]
    classes: Integers
    unlabelled: Sequence[Tokens]
    examples: Sequence[Example]
    example_ids: Sequence[Tokens]
    work: Path
    most_steps: int | None = None

    @cached_property
    def start(self) -> State:
        """The encoder after the other sets, with which teachers and students begin."""
        run = Run(epochs=1, seed=OTHERS_SEED, most_steps=self.most_steps)
        state: State = self._kept(
            "inter", lambda: fit_others(self.examples, self.example_ids, run)
        )
        return state

    def student(self, name: str, places: Integers, seed: int) -> Trained:
        """The network that learned the clinical statements at these places.

        Args:
            name: of its file; other places need another one.
            places: at least one.
            seed: of its run.
        """
        trained: Trained = self._kept(
            f"student_{name}",
            lambda: self._taught(self._teacher(name, places), places, seed),
        )
        return trained

    def _teacher(self, name: str, places: Integers) -> Trained:
        trained: Trained = self._kept(f"teacher_{name}", lambda: self._lesson(places))
        return trained

    def _lesson(self, places: Integers) -> Trained:
        """A teacher, of the clinical statements alone."""
        classes = self.classes[places]
        targets = smoothed(classes)
        weights = targets @ balance(classes, TEACHER_BALANCE)
        run = Run(TEACHER_EPOCHS, TEACHER_SEED, self.most_steps)
        return fit_stances(self._ids(places), targets, weights, self.start, run)

    def _taught(self, teacher: Trained, places: Integers, seed: int) -> Trained:
        """A student, of the clinical statements and of what the teacher says."""
        classes = self.classes[places]
        own = balance(classes, STUDENT_BALANCE)[classes]
        soft = probabilities(teacher, self.unlabelled)
        return fit_stances(
            [*self._ids(places), *self.unlabelled],
            np.concatenate([smoothed(classes), soft]),
            np.concatenate([own / own.mean(), np.full(len(soft), SOFT_WEIGHT)]),
            self.start,
            Run(STUDENT_EPOCHS, seed, self.most_steps),
        )

    def _ids(self, places: Integers) -> list[Tokens]:
        return [self.ids[at] for at in places]

    def _kept(self, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401
        """What the folder has under this name; if nothing, it is made and put there."""
        path = self.work / f"{name}.pt"
        if not path.exists():
            half = path.with_suffix(".new")
            torch.save(make(), half)
            half.replace(path)
            print(f"{name} trained", flush=True)
        return torch.load(path)


def smoothed(classes: Integers) -> Floats:
    """Classes as probabilities, not quite 0 and 1; statements by three."""
    sure = np.eye(len(LABELS))[classes]
    found: Floats = sure * (1 - SMOOTHING) + SMOOTHING / len(LABELS)
    return found


def balance(classes: Integers, power: float) -> Floats:
    """How much each stance counts: the more, the rarer; each has to occur."""
    counts = np.bincount(classes, minlength=len(LABELS))
    found: Floats = (counts / counts.sum() * len(LABELS)) ** -power
    return found
