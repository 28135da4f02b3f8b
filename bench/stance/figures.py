"""How good it is: precision, recall, F and calibration, and how sure all this is."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.stance.rule import LABELS
from stance.data import Floats, Integers

BINS: Final = 10
_DIGITS: Final = 4

DRAWS: Final = 2000
"""Of articles, with replacement, for the intervals."""

_BOUNDS: Final = (2.5, 97.5)
"""Percentiles: 95 of a hundred draws are between them."""

_NAMES: Final = ("precision", "recall", "f")

Row = dict[str, float]
Interval = list[float]


def confusion(classes: Integers, judged: Integers) -> Integers:
    """How many of each stance, the rows, were called which, the columns."""
    count = len(LABELS)
    pairs = np.bincount(classes * count + judged, minlength=count * count)
    return pairs.reshape(count, count)


def f_scores(classes: Integers, judged: Integers) -> Floats:
    """F of each stance; 0 for one that neither occurs nor was said."""
    return _scores(confusion(classes, judged))[:, _NAMES.index("f")]


def by_stance(classes: Integers, judged: Integers) -> dict[str, Row]:
    """Precision, recall and F of each stance; 0 where there is nothing to divide by."""
    scores = _scores(confusion(classes, judged))
    return {
        label: {
            name: round(float(score), _DIGITS)
            for name, score in zip(_NAMES, row, strict=True)
        }
        for label, row in zip(LABELS, scores, strict=True)
    }


def _scores(table: Integers) -> Floats:
    """Precision, recall and F, the last axis, of each stance of confusions."""
    right = np.diagonal(table, axis1=-2, axis2=-1)
    said, are = table.sum(-2), table.sum(-1)
    each = [
        right / np.maximum(1, said),
        right / np.maximum(1, are),
        2 * right / np.maximum(1, said + are),
    ]
    return np.stack(each, axis=-1)


def intervals(
    classes: Integers, judged: Integers, articles: NDArray[np.str_]
) -> dict[str, dict[str, Interval]]:
    """Between what 95 of a hundred draws of whole articles are.

    Args:
        classes: of each statement.
        judged: the stance that each was given.
        articles: the article of each.
    """
    of_article = np.array(
        [
            confusion(classes[articles == one], judged[articles == one])
            for one in np.unique(articles)
        ]
    )
    count = len(of_article)
    draw = np.random.default_rng(0)
    times = draw.multinomial(count, np.full(count, 1 / count), size=DRAWS)
    scores = _scores(np.einsum("da,aij->dij", times, of_article))
    found = {
        label: {
            name: _interval(scores[:, at, part]) for part, name in enumerate(_NAMES)
        }
        for at, label in enumerate(LABELS)
    }
    macro = _interval(scores[:, :, _NAMES.index("f")].mean(1))
    return found | {"all": {"macro-F1": macro}}


def _interval(drawn: Floats) -> Interval:
    return [round(float(one), _DIGITS) for one in np.percentile(drawn, _BOUNDS)]


def each_fold(classes: Integers, judged: Integers, folds: Integers) -> list[Row]:
    """Of each fold the macro-F1 and the F of each stance, in the folds' order."""
    found = []
    for fold in np.unique(folds):
        each = f_scores(classes[folds == fold], judged[folds == fold])
        by_label = dict(zip(LABELS, map(float, each), strict=True))
        row = {"macro-F1": float(each.mean())} | by_label
        found.append({name: round(score, _DIGITS) for name, score in row.items()})
    return found


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


def reliability(
    probabilities: Floats, classes: Integers, bins: int = BINS
) -> list[Row]:
    """Of the likeliest stance: by its probability, how often it is right.

    Args:
        probabilities: of the stances, statements by three.
        classes: of each statement.
        bins: of equal width; empty ones are left out.
    """
    sure = probabilities.max(1)
    is_right = probabilities.argmax(1) == classes
    places = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        {
            "from": round(float(one) / bins, _DIGITS),
            "statements": int((places == one).sum()),
            "mean": round(float(sure[places == one].mean()), _DIGITS),
            "right": round(float(is_right[places == one].mean()), _DIGITS),
        }
        for one in np.unique(places)
    ]


def calibration_error(
    probabilities: Floats, classes: Integers, bins: int = BINS
) -> float:
    """The expected one of the likeliest stance, in bins of equal width."""
    rows = reliability(probabilities, classes, bins)
    error = sum(abs(row["mean"] - row["right"]) * row["statements"] for row in rows)
    return round(error / len(classes), _DIGITS)
