"""From evidence to probabilities, and from these to stances."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipeline.stance.rule import LABELS
from stance.data import Floats, Integers
from stance.figures import f_scores

WANTED_PRECISION: Final = 0.8
"""Of supporting, where the classifier says it."""

PRIOR_SAID: Final = 10
"""Statements, half of them right, that are counted with those seen: a threshold that
just reaches the precision reached it by some luck."""

CONTRASTING_FROM: Final = 0.5
"""Likelier than not; for statements that say themselves that they differ. They are too
few to choose a threshold by, and others are not precise enough at any."""

NEVER: Final = 1.01
"""A threshold that no probability reaches."""

Flags = NDArray[np.bool_]

_DIGITS: Final = 1e6
_WEIGHTS: Final = np.arange(-0.4, 1.41, 0.1)
"""Logarithms of the factors that are tried."""

_SUPPORTING, _MENTIONING, _CONTRASTING = range(len(LABELS))


def fit_calibration(rows: Floats, classes: Integers) -> LogisticRegression:
    """From evidence, statements by six, to probabilities; each stance has to occur."""
    return LogisticRegression(C=1.0, max_iter=2000).fit(rows, classes)


def calibrated(rows: Floats, classes: Integers, folds: Integers) -> Floats:
    """The probabilities of each fold, calibrated on the others; statements by three."""
    found = np.zeros((len(classes), len(LABELS)))
    for fold in np.unique(folds):
        own = folds == fold
        model = fit_calibration(rows[~own], classes[~own])
        found[own] = model.predict_proba(rows[own])
    return found


def thresholds(
    probabilities: Floats, classes: Integers, differs: Flags
) -> dict[str, float]:
    """From where on supporting and contrasting are precise enough; `NEVER`: nowhere.

    Args:
        probabilities: of the stances, statements by three.
        classes: of each statement.
        differs: whether it says itself that it differs, see `pipeline.stance.plain`.
    """
    own = ~differs
    is_right = classes[own] == _SUPPORTING
    return {
        LABELS[_SUPPORTING]: _threshold(probabilities[own, _SUPPORTING], is_right),
        LABELS[_CONTRASTING]: CONTRASTING_FROM,
    }


def _threshold(probability: Floats, is_right: Flags) -> float:
    """The lowest one that is precise enough, and not between equal probabilities."""
    order = np.argsort(-probability, kind="stable")
    falling = probability[order]
    said = np.arange(1, len(order) + 1) + PRIOR_SAID
    precision = (np.cumsum(is_right[order]) + PRIOR_SAID / 2) / said
    is_last_of_equals = np.append(falling[1:] < falling[:-1], True)
    places = np.flatnonzero((precision >= WANTED_PRECISION) & is_last_of_equals)
    if not len(places):
        return NEVER
    return float(np.floor(falling[places[-1]] * _DIGITS) / _DIGITS)


def decided(
    probabilities: Floats, differs: Flags, limits: dict[str, float]
) -> Integers:
    """The stance of each row as `pipeline.stance.rule.Rule.stance` gives it."""
    likely = np.where(differs, _CONTRASTING, _SUPPORTING)
    found = np.take_along_axis(probabilities, likely[:, None], axis=1)[:, 0]
    limit = np.array([limits[LABELS[stance]] for stance in likely])
    return np.where(found >= limit, likely, _MENTIONING)


def class_weights(probabilities: Floats, classes: Integers) -> Floats:
    """Logarithms of the factors with which the likeliest stance has the best macro-F1.

    That of mentioning is 0; among equals the smallest are taken.
    """
    best = max(
        (
            f_scores(
                classes,
                likeliest(probabilities, np.array([supporting, 0, contrasting])),
            ).mean(),
            -abs(supporting) - abs(contrasting),
            supporting,
            contrasting,
        )
        for supporting in _WEIGHTS
        for contrasting in _WEIGHTS
    )
    return np.array([best[2], 0.0, best[3]]).round(2) + 0.0


def likeliest(probabilities: Floats, weights: Floats) -> Integers:
    """The stance with the highest probability times its factor."""
    found: Integers = (probabilities * np.exp(weights)).argmax(1)
    return found


def nested(
    rows: Floats, classes: Integers, folds: Integers, differs: Flags
) -> tuple[Integers, Integers]:
    """Stances by thresholds, and by class weights, chosen without the fold judged.

    Both are chosen on the other folds alone, with probabilities that were calibrated
    among these.
    """
    probabilities = calibrated(rows, classes, folds)
    by_threshold = np.zeros(len(classes), dtype=np.int64)
    by_weight = by_threshold.copy()
    for fold in np.unique(folds):
        own = folds == fold
        known = classes[~own]
        among = calibrated(rows[~own], known, folds[~own])
        limits = thresholds(among, known, differs[~own])
        by_threshold[own] = decided(probabilities[own], differs[own], limits)
        by_weight[own] = likeliest(probabilities[own], class_weights(among, known))
    return by_threshold, by_weight
