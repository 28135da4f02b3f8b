"""How good it is: precision, recall, F and calibration."""

from typing import Final

import numpy as np

from pipeline.stance.rule import LABELS
from stance.data import Floats, Integers

BINS: Final = 10
_DIGITS: Final = 4

Row = dict[str, float]


def confusion(classes: Integers, judged: Integers) -> Integers:
    """How many of each stance, the rows, were called which, the columns."""
    count = len(LABELS)
    pairs = np.bincount(classes * count + judged, minlength=count * count)
    return pairs.reshape(count, count)


def f_scores(classes: Integers, judged: Integers) -> Floats:
    """F of each stance; 0 for one that neither occurs nor was said."""
    table = confusion(classes, judged)
    found: Floats = 2 * np.diag(table) / np.maximum(1, table.sum(0) + table.sum(1))
    return found


def by_stance(classes: Integers, judged: Integers) -> dict[str, Row]:
    """Precision, recall and F of each stance; 0 where there is nothing to divide by."""
    table = confusion(classes, judged)
    right = np.diag(table)
    precision = right / np.maximum(1, table.sum(0))
    recall = right / np.maximum(1, table.sum(1))
    scores = zip(precision, recall, f_scores(classes, judged), strict=True)
    return {
        label: {
            name: round(float(score), _DIGITS)
            for name, score in zip(("precision", "recall", "f"), row, strict=True)
        }
        for label, row in zip(LABELS, scores, strict=True)
    }


def of_folds(classes: Integers, judged: Integers, folds: Integers) -> Row:
    """Mean and standard deviation of the folds' macro-F1."""
    each = [
        f_scores(classes[folds == fold], judged[folds == fold]).mean()
        for fold in np.unique(folds)
    ]
    return {
        "mean": round(float(np.mean(each)), _DIGITS),
        "deviation": round(float(np.std(each)), _DIGITS),
    }


def calibration_error(probabilities: Floats, classes: Integers) -> float:
    """The expected one of the likeliest stance, in bins of equal width."""
    sure = probabilities.max(1)
    is_right = probabilities.argmax(1) == classes
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    error = sum(
        abs(sure[bins == one].mean() - is_right[bins == one].mean())
        * (bins == one).mean()
        for one in np.unique(bins)
    )
    return round(float(error), _DIGITS)
