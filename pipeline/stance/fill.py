"""The part of a build that judges statements: it fills the table of verdicts."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pipeline.stance.rule import own_rule
from schemas.report import Observer, Progress
from schemas.stance import StatementToJudge
from warehouse.build import Filling
from warehouse.stance import (
    READS,
    TABLE,
    add_judgements,
    count_sentences_to_judge,
    sentences_to_judge,
)

if TYPE_CHECKING:
    from pipeline.stance.classifier import Classifier

SENTENCES_AT_ONCE: Final = 2_000
"""Judged before they are written: some five seconds."""


@dataclass(frozen=True)
class Judging:
    """Judges what nobody has judged yet.

    Attributes:
        observe: told how far it is.
    """

    observe: Observer

    def filling(self) -> Filling:
        """This, as a part of a build."""
        return Filling(frozenset({TABLE}), READS, self.fill)

    def fill(self, con: Any) -> None:  # noqa: ANN401 - the type is DuckDB's
        """Judge every statement on which this version's classifier has no verdict."""
        count = count_sentences_to_judge(con, own_rule().version)
        for first in range(0, count, SENTENCES_AT_ONCE):
            some = sentences_to_judge(con, first=first, count=SENTENCES_AT_ONCE)
            judged = _classifier().judge(
                [StatementToJudge(text=one.text, marker=one.marker) for one in some]
            )
            add_judgements(
                con,
                [
                    {"judged_key": one.judged_key}
                    | verdict.model_dump(exclude={"confidence"})
                    for one, verdict in zip(some, judged, strict=True)
                ],
            )
            done = first + len(some)
            self.observe(Progress("classify", done, count, "statements"))


@cache
def _classifier() -> "Classifier":
    """Loaded when there is something to judge, and once."""
    from pipeline.stance.classifier import Classifier  # noqa: PLC0415 - 0.3 s, 60 MB

    return Classifier()
