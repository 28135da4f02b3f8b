"""The labelled sets, read into marked sentences with classes as numbers."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pipeline.stance.rule import LABELS
from pipeline.stance.wording import OTHER, TARGET, marked

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CLINICAL: Final = "clinical_train.jsonl"
OTHER_SETS: Final = "other"

PURPOSES: Final = ("background", "method", "result")
"""The labels of SciCite, in the order of its head."""

CODED: Final = ("not", "disagreement")
"""The labels of Lamers et al. on which both coders agree."""

UMICH_CLASSES: Final = 7
"""Purposes in the UMich set; a larger number stands for no purpose."""

HEADS: Final = (len(PURPOSES), len(CODED), UMICH_CLASSES)
"""Classes of each of the other sets, in the order of `Example.head`."""

_OTHERS_OF_SCICITE: Final = 1_200
_OF_LAMERS: Final = 2_500
"""So many sentences are drawn, besides all results of SciCite: they are to balance
the clinical set, not to drown it."""

_CITATION: Final = re.compile(
    r"\((?:[^()]{0,120}?\b(?:19|20)\d\d[a-z]?[^()]{0,120}?)\)"
    r"|\[\s*\d{1,3}(?:\s*[,;\u2013-]\s*\d{1,3})*\s*\]"
    r"|\((\d{1,3}(?:[,;\u2013-] ?\d{1,3})*)\)"
)
"""What can be made the citation that is meant: also numbers in parentheses, which are
too often something else for `pipeline.stance.wording` to mark them."""


@dataclass(frozen=True)
class Clinical:
    """The set that the model is for; all four have one entry a statement.

    Attributes:
        texts: marked sentences.
        classes: places in `LABELS`.
        articles: the article of each, by which folds are made.
    """

    texts: list[str]
    classes: Integers
    articles: NDArray[np.str_]


@dataclass(frozen=True)
class Example:
    """A sentence of another set: its text, its set's place in `HEADS`, its class."""

    text: str
    head: int
    label: int


def read_clinical(data: Path) -> Clinical:
    """The clinical statements, in the order of the file."""
    with (data / CLINICAL).open(encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    return Clinical(
        texts=[marked(row["text"], row["marker"]) for row in rows],
        classes=np.array([LABELS.index(row["label"]) for row in rows]),
        articles=np.array([row["article"] for row in rows]),
    )


def read_others(data: Path) -> list[Example]:
    """The three other sets, with their own labels; none without their files' lines."""
    return [*_scicite_examples(data), *_lamers_examples(data), *_umich_examples(data)]


def read_unlabelled(data: Path) -> list[str]:
    """Sentences of the other sets, one citation of each marked as the one meant.

    They have no stance; the teacher gives them one. Sentences without a citation that
    can be recognised are left out.
    """
    draw = random.Random(0)  # noqa: S311 - draws examples, guards nothing
    scicite, lamers = list(_scicite(data)), list(_lamers(data))
    results = [row["text"] for row in scicite if row["label"] == "result"]
    others = [row["text"] for row in scicite if row["label"] != "result"]
    coded = [row["text"] for row in lamers if row["label"] != "uncoded"]
    drawn = [
        *results,
        *draw.sample(others, min(_OTHERS_OF_SCICITE, len(others))),
        *draw.sample(coded, min(_OF_LAMERS, len(coded))),
    ]
    found = []
    for text in drawn:
        citations = list(_CITATION.finditer(text))
        if citations:
            found.append(marked(text, draw.choice(citations).group(0)))
    return found


def _scicite_examples(data: Path) -> Iterator[Example]:
    for row in _scicite(data):
        yield Example(marked(row["text"], None), 0, PURPOSES.index(row["label"]))


def _lamers_examples(data: Path) -> Iterator[Example]:
    for row in _lamers(data):
        if row["label"] in CODED:
            yield Example(marked(row["text"], None), 1, CODED.index(row["label"]))


def _umich_examples(data: Path) -> Iterator[Example]:
    """Of each line the field with the target, and the last but one, its purpose."""
    for line in _lines(data / OTHER_SETS / "umich.txt.gz"):
        fields = line.rstrip("\n").split("\t")
        sentences = [field for field in fields if "<TREF>" in field]
        if not sentences or not fields[-2].isdigit():
            continue
        purpose = int(fields[-2])
        if purpose < UMICH_CLASSES:
            yield Example(_from_tags(sentences[0]), 2, purpose)


def _from_tags(text: str) -> str:
    """A sentence of the UMich set, its tags replaced by the tokens of citations."""
    text = re.sub(r"<TREF>.*?</TREF>", f" {TARGET} ", text, count=1)
    text = re.sub(r"<T?REF>.*?</T?REF>", f" {OTHER} ", text)
    return re.sub(r"\s+", " ", text)


def _scicite(data: Path) -> Iterator[dict[str, Any]]:
    for part in ("train", "dev"):
        for line in _lines(data / OTHER_SETS / f"sci-cite.{part}.txt.gz"):
            yield json.loads(line)


def _lamers(data: Path) -> Iterator[dict[str, Any]]:
    for line in _lines(data / OTHER_SETS / "lamers2021.jsonl.gz"):
        yield json.loads(line)


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf8", errors="replace") as lines:
        yield from lines
