"""How the training counts: what the model card says rests on it."""

import numpy as np
import pytest
from stance.figures import (
    by_stance,
    calibration_error,
    each_fold,
    intervals,
    of_folds,
    reliability,
)

S, M, C = range(3)
CLASSES = np.array([S, S, S, S, M, M, M, C, C, C])
JUDGED = np.array([S, S, S, M, S, M, M, C, M, M])
ARTICLES = np.array(list("aabbccddee"))


def test_precision_recall_and_f_of_each_stance():
    found = by_stance(CLASSES, JUDGED)
    assert found["supporting"] == {"precision": 0.75, "recall": 0.75, "f": 0.75}
    assert found["mentioning"] == {"precision": 0.4, "recall": 0.6667, "f": 0.5}
    assert found["contrasting"] == {"precision": 1.0, "recall": 0.3333, "f": 0.5}


def test_what_is_never_said_has_no_precision_instead_of_an_error():
    found = by_stance(CLASSES, np.full(10, M))
    assert found["contrasting"] == {"precision": 0.0, "recall": 0.0, "f": 0.0}


def test_an_interval_is_around_its_figure_and_the_same_every_time():
    found = intervals(CLASSES, JUDGED, ARTICLES)
    for label, row in by_stance(CLASSES, JUDGED).items():
        for name, score in row.items():
            low, high = found[label][name]
            assert low <= score <= high
    assert found == intervals(CLASSES, JUDGED, ARTICLES)


def test_one_article_leaves_nothing_to_draw():
    found = intervals(CLASSES, JUDGED, np.full(10, "a"))
    low, high = found["all"]["macro-F1"]
    assert low == high == pytest.approx((0.75 + 0.5 + 0.5) / 3, abs=1e-4)


def test_articles_are_drawn_whole():
    """All statements of one article are right, all of the other wrong: no middle."""
    classes = np.array([S, M, C] * 2)
    judged = np.array([S, M, C, M, C, S])
    found = intervals(classes, judged, np.array(list("aaabbb")))
    assert found["all"]["macro-F1"] == [0.0, 1.0]


def test_folds_are_counted_by_themselves():
    folds = np.array([0, 0, 1, 1, 0, 1, 0, 0, 0, 1])
    each = each_fold(CLASSES, JUDGED, folds)
    assert [set(row) for row in each] == [
        {"macro-F1", "supporting", "mentioning", "contrasting"}
    ] * 2
    mean = np.mean([row["macro-F1"] for row in each])
    assert of_folds(CLASSES, JUDGED, folds)["mean"] == pytest.approx(mean, abs=1e-4)


def test_probabilities_are_held_against_what_was_right():
    sure = np.array([[0.95, 0.05, 0.0]] * 4 + [[0.1, 0.55, 0.35]] * 2)
    classes = np.array([S, S, S, C, M, C])
    assert reliability(sure, classes) == [
        {"from": 0.5, "statements": 2, "mean": 0.55, "right": 0.5},
        {"from": 0.9, "statements": 4, "mean": 0.95, "right": 0.75},
    ]
    expected = (2 * 0.05 + 4 * 0.2) / 6
    assert calibration_error(sure, classes) == pytest.approx(expected, abs=1e-4)


def test_a_probability_of_1_is_in_the_last_bin():
    rows = reliability(np.array([[1.0, 0.0, 0.0]]), np.array([S]))
    assert [row["from"] for row in rows] == [0.9]
