"""The classifier: a small network, calibrated, that says mentioning if in doubt.

One statement a run: the integers of a quantised network take their scale from all that
is computed together, so in a batch a result would depend on its neighbours. Threads
share the statements, and change no result.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from pipeline.stance.cues import features
from pipeline.stance.plain import says_it_differs
from pipeline.stance.rule import LABELS, Linear, Rule, read_rule
from pipeline.stance.wording import TARGET, marked, window
from schemas.stance import Judgement, StatementToJudge

_END: Final = "[SEP]"
_LOWEST: Final = -14.0
"""Of log-probabilities, before calibration: less than one in a million is no news."""

_DIGITS: Final = 4
"""Of probabilities: the calibration is known to two."""


class Classifier:
    """Judges statements; loads in half a second, thread safe.

    Args:
        folder: with ``model.onnx``, ``tokenizer.json`` and ``model.json``; None: those
            of the package.
        threads: statements judged at once; None: one a core.
    """

    def __init__(
        self, folder: Path | None = None, *, threads: int | None = None
    ) -> None:
        with as_file(files("pipeline.stance") / "model") as own:
            place = folder or own
            self._rule = read_rule(place / "model.json")
            self._tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
            self._network = network_of(place / "model.onnx")
        self._target, self._end = (
            int(self._tokenizer.token_to_id(name) or 0) for name in (TARGET, _END)
        )
        self._threads = threads or os.cpu_count() or 1

    @property
    def version(self) -> str:
        """Of the model."""
        return self._rule.version

    def judge(self, statements: Sequence[StatementToJudge]) -> list[Judgement]:
        """The stance of each statement, in their order.

        Depends on the statement alone, not on what is judged with it. One without any
        letter is unclassified.
        """
        readable = [one for one in statements if any(map(str.isalnum, one.text))]
        judged = iter(self._judge(readable))
        return [
            next(judged) if any(map(str.isalnum, one.text)) else self._unclassified
            for one in statements
        ]

    @cached_property
    def _unclassified(self) -> Judgement:
        return Judgement(
            stance="unclassified",
            p_supporting=None,
            p_mentioning=None,
            p_contrasting=None,
            confidence=None,
            model_version=self.version,
        )

    def _judge(self, statements: Sequence[StatementToJudge]) -> list[Judgement]:
        if not statements:
            return []
        texts = [marked(one.text, one.marker) for one in statements]
        rows = [
            tuple(
                window(
                    one.ids,
                    target=self._target,
                    end=self._end,
                    longest=self._rule.longest,
                )
            )
            for one in self._tokenizer.encode_batch(texts)
        ]
        distinct = list(dict.fromkeys(rows))  # a sentence may cite several works
        with ThreadPoolExecutor(self._threads) as pool:
            logits = dict(zip(distinct, pool.map(self._logits, distinct), strict=True))
        network = np.array([logits[row] for row in rows], dtype=np.float64)
        cues = np.array([features(text, self._rule.cue_words) for text in texts])
        rows_of_p = _probabilities(self._rule, network, cues)
        return [
            self._judgement(row, differs=says_it_differs(text))
            for row, text in zip(rows_of_p, texts, strict=True)
        ]

    def _logits(self, ids: tuple[int, ...]) -> np.ndarray:
        fed = {"ids": np.array([ids], dtype=np.int64)}
        found: np.ndarray = self._network.run(None, fed)[0][0]
        return found

    def _judgement(self, row: np.ndarray, *, differs: bool) -> Judgement:
        p = {
            label: round(float(value), _DIGITS)
            for label, value in zip(LABELS, row, strict=True)
        }
        stance = self._rule.stance(p, differs=differs)
        return Judgement(
            stance=stance,
            p_supporting=p["supporting"],
            p_mentioning=p["mentioning"],
            p_contrasting=p["contrasting"],
            confidence=p[stance],
            model_version=self.version,
        )


def _probabilities(rule: Rule, network: np.ndarray, cues: np.ndarray) -> np.ndarray:
    """Calibrated, one row a statement, in the order of the labels.

    Args:
        rule: the figures.
        network: logits of the network, one row a statement.
        cues: features, one row a statement.
    """
    linear = _applied(rule.cues, cues)
    evidence = np.concatenate([centred(network), centred(linear)], axis=1)
    score = _applied(rule.calibration, evidence)
    odds = np.exp(score - score.max(axis=1, keepdims=True))
    found: np.ndarray = odds / odds.sum(axis=1, keepdims=True)
    return found


def _applied(figures: Linear, rows: np.ndarray) -> np.ndarray:
    """Row by row and no matrix product: its rounding may depend on the other rows."""
    coefficients = np.array(figures.coefficients)
    found: np.ndarray = np.stack([(coefficients * row).sum(axis=1) for row in rows])
    found += np.array(figures.intercepts)
    return found


def centred(logits: np.ndarray) -> np.ndarray:
    """Log-probabilities with mean 0."""
    low = logits - logits.max(axis=1, keepdims=True)
    low -= np.log(np.exp(low).sum(axis=1, keepdims=True))
    low = np.clip(low, _LOWEST, 0)
    found: np.ndarray = low - low.mean(axis=1, keepdims=True)
    return found


def network_of(path: Path) -> Any:  # noqa: ANN401 - onnxruntime ships no types
    """A session of the network in a file; one thread, for the statements share them."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors: warnings of the runtime concern its makers
    return onnxruntime.InferenceSession(
        str(path),
        options,
        ["CPUExecutionProvider"],
        # Fused, its layer norms run on a slower kernel: 300 statements a CPU second
        # instead of 440 (onnxruntime 1.32).
        disabled_optimizers=["SkipLayerNormFusion"],
    )
