"""What networks and cues say of articles that they have not seen.

The clinical set is split into folds of articles. Each fold is judged by a network, made
integers as the one that is shipped, and by a linear model of cues, both trained on the
other folds. From these figures calibration and thresholds are learned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import StandardScaler

# what the classifier itself does, so that training and use cannot differ
from pipeline.stance.classifier import centred, network_of
from pipeline.stance.rule import LABELS
from stance.batches import Tokens, cut
from stance.data import Clinical, Floats, Integers
from stance.export import export
from stance.recipe import Recipe, balance

FOLDS: Final = 5
FOLDS_SEED: Final = 0

SAMPLE_STEP: Final = 13
"""Every 13th statement is in the sample by which a network is scaled: some 250."""

CUE_SCALE: Final = 0.08
"""Of the standardised features; with the strength below, how much cues may weigh. Both
were chosen on the same folds."""

CUE_STRENGTH: Final = 0.9
CUE_BALANCE: Final = 0.5
"""The power of classes' shares, as in `stance.recipe`."""


@dataclass(frozen=True)
class LinearModel:
    """Coefficients, stances by inputs, and intercepts, one a stance."""

    coefficients: Floats
    intercepts: Floats

    def logits(self, rows: Floats) -> Floats:
        """Statements by three, of statements by inputs."""
        found: Floats = rows @ self.coefficients.T + self.intercepts
        return found


@dataclass(frozen=True)
class Evidence:
    """Of every clinical statement, from what was trained without its fold.

    Attributes:
        folds: the fold of each.
        network: logits of the network, statements by three.
        cues: logits of the cues, the same.
    """

    folds: Integers
    network: Floats
    cues: Floats

    @property
    def rows(self) -> Floats:
        """What the calibration reads, statements by six."""
        found: Floats = np.concatenate(
            [centred(self.network), centred(self.cues)], axis=1
        )
        return found


def gather(clinical: Clinical, features: Floats, recipe: Recipe) -> Evidence:
    """Train without each fold and judge it; takes what the folder of work has.

    Args:
        clinical: the statements, of at least five articles.
        features: of their cues, statements by features.
        recipe: by which networks are trained.
    """
    classes = clinical.classes
    split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=FOLDS_SEED)
    folds = np.zeros(len(classes), dtype=np.int64)
    network = np.zeros((len(classes), len(LABELS)))
    cues = network.copy()
    parts = split.split(classes, classes, clinical.articles)
    for fold, (others, own) in enumerate(parts):
        folds[own] = fold
        cues[own] = fit_cues(features[others], classes[others]).logits(features[own])
        network[own] = _held_out(recipe, fold, others, own)
        print(f"fold {fold} of {FOLDS} judged", flush=True)
    return Evidence(folds, network, cues)


def _held_out(recipe: Recipe, fold: int, others: Integers, own: Integers) -> Floats:
    """The logits of a fold's statements, by a network of the other folds."""
    kept = recipe.work / f"logits_{fold}.npy"
    if not kept.exists():
        path = recipe.work / "fold.onnx"
        student = recipe.student(str(fold), others, seed=fold)
        export(student, [recipe.ids[at] for at in others[::SAMPLE_STEP]], path)
        np.save(kept, network_logits(path, [recipe.ids[at] for at in own]))
    found: Floats = np.load(kept)
    return found


def network_logits(path: Path, statements: Sequence[Tokens]) -> Floats:
    """Of each statement, judged by itself; statements by three, 0 rows for none."""
    session = network_of(path)
    rows = [
        session.run(None, {"ids": np.array([cut(ids)], dtype=np.int64)})[0][0]
        for ids in statements
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, len(LABELS))


def fit_cues(features: Floats, classes: Integers) -> LinearModel:
    """A linear model of the features as they are; each stance has to occur."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(
        C=CUE_STRENGTH,
        max_iter=1000,
        class_weight=_class_weight(classes),
    ).fit(CUE_SCALE * scaler.transform(features), classes)
    coefficients = CUE_SCALE * model.coef_ / scaler.scale_
    intercepts = model.intercept_ - coefficients @ scaler.mean_
    return LinearModel(coefficients, intercepts)


def _class_weight(classes: Integers) -> dict[int, float]:
    """As in the recipe, without its factor: here the size of a weight matters."""
    factor = len(LABELS) ** CUE_BALANCE
    return dict(enumerate(factor * balance(classes, CUE_BALANCE)))
