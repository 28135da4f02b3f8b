"""The command: from the labelled sets to the files that the classifier loads.

    python -m stance.train --data DATA --work WORK --out OUT

Run it from the folder above; README.md says what it needs and takes.
"""

import argparse
import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.stance.cues import CUES
from pipeline.stance.cues import features as cue_features
from pipeline.stance.plain import says_it_differs
from stance.batches import LONGEST
from stance.calibrate import calibrated, fit_calibration, nested, thresholds
from stance.data import (
    Clinical,
    Floats,
    read_clinical,
    read_others,
    read_unlabelled,
)
from stance.evidence import SAMPLE_STEP, Evidence, fit_cues, gather
from stance.export import export
from stance.figures import (
    by_stance,
    calibration_error,
    each_fold,
    intervals,
    of_folds,
    reliability,
)
from stance.network import new_tokenizer
from stance.recipe import Recipe

VERSION: Final = "stance-2"
"""Every verdict carries it: a model trained anew needs another one."""

FINAL_SEED: Final = 7
"""Of the student that is shipped; the folds' have their own numbers."""


def main() -> None:
    """Train, judge, and write all files."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True, warn_only=True)
    tokenizer = new_tokenizer()
    tokenizer.save(str(options.out / "tokenizer.json"))
    clinical = read_clinical(options.data)
    recipe = _recipe(options, clinical, tokenizer)
    words = cue_words()
    features = np.array([cue_features(text, words) for text in clinical.texts])
    evidence = gather(clinical, features, recipe)
    _write(options.out / "model.json", model(clinical, features, evidence))
    figures = report(clinical, evidence)
    _write(options.out / "figures.json", figures)
    student = recipe.student("all", np.arange(len(clinical.texts)), FINAL_SEED)
    export(student, recipe.ids[::SAMPLE_STEP], options.out / "model.onnx")
    print(json.dumps(figures, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the model of stances.")
    parser.add_argument("--data", type=Path, required=True, help="the labelled sets")
    parser.add_argument("--work", type=Path, required=True, help="kept between runs")
    parser.add_argument("--out", type=Path, required=True, help="for what is written")
    parser.add_argument(
        "--steps", type=int, help="at most so many a training, to try the command out"
    )
    return parser.parse_args()


def _recipe(
    options: argparse.Namespace, clinical: Clinical, tokenizer: Tokenizer
) -> Recipe:
    examples = read_others(options.data)
    return Recipe(
        ids=_tokens(tokenizer, clinical.texts),
        classes=clinical.classes,
        unlabelled=_tokens(tokenizer, read_unlabelled(options.data)),
        examples=examples,
        example_ids=_tokens(tokenizer, [one.text for one in examples]),
        work=options.work,
        most_steps=options.steps,
    )


def _tokens(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    return [one.ids for one in tokenizer.encode_batch(texts)]


def cue_words() -> list[str]:
    """The alternatives of all cues that have no parentheses, each as a feature."""
    parts = [part for cue in CUES for part in cue.pattern.split("|")]
    return sorted(
        {part.replace(r"\b", "") for part in parts if not {"(", ")"} & set(part)}
    )


def model(clinical: Clinical, features: Floats, evidence: Evidence) -> dict[str, Any]:
    """The figures besides the network, as `pipeline.stance.rule.read_rule` reads them.

    Args:
        clinical: the statements.
        features: of their cues, statements by features.
        evidence: on them.
    """
    classes, rows = clinical.classes, evidence.rows
    probabilities = calibrated(rows, classes, evidence.folds)
    calibration = fit_calibration(rows, classes)
    cues = fit_cues(features, classes)
    return {
        "version": VERSION,
        "longest": LONGEST,
        "thresholds": thresholds(probabilities, classes, _differs(clinical)),
        "calibration": {
            "coefficients": calibration.coef_.tolist(),
            "intercepts": calibration.intercept_.tolist(),
        },
        "cues": {
            "words": cue_words(),
            "coefficients": cues.coefficients.tolist(),
            "intercepts": cues.intercepts.tolist(),
        },
    }


def _differs(clinical: Clinical) -> NDArray[np.bool_]:
    """Of each statement whether it says itself that it differs."""
    return np.array([says_it_differs(text) for text in clinical.texts])


def report(clinical: Clinical, evidence: Evidence) -> dict[str, Any]:
    """How good it is out of fold: the network alone, and all by both ways to decide."""
    classes, folds = clinical.classes, evidence.folds
    differs = _differs(clinical)
    by_threshold, by_weight = nested(evidence.rows, classes, folds, differs)
    judged = {
        "network alone": evidence.network.argmax(1),
        "thresholds": by_threshold,
        "class weights": by_weight,
    }
    probabilities = calibrated(evidence.rows, classes, folds)
    return {
        "calibration error": {
            f"{bins} bins": calibration_error(probabilities, classes, bins)
            for bins in (10, 15)
        },
        "reliability": reliability(probabilities, classes),
        **{
            name: by_stance(classes, stances)
            | {
                "macro-F1 of folds": of_folds(classes, stances, folds),
                "folds": each_fold(classes, stances, folds),
                "95 %": intervals(classes, stances, clinical.articles),
            }
            for name, stances in judged.items()
        },
    }


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
