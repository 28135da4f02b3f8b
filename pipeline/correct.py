"""Correct, undo: a person's verdict on a stance, written down and published at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from pipeline.corrections import FILE
from pipeline.deciding import carry_out
from pipeline.errors import UsageError
from pipeline.running import unobserved
from pipeline.settings import Settings
from schemas.correction import CorrectedStatement, Reviewer, StanceCorrection
from schemas.report import Observer
from schemas.stance import Reviewed, Stance
from warehouse.connection import open_readonly
from warehouse.corrections import statements_by_prefix

_ID: Final = re.compile(r"[0-9a-f]{8,32}")
"""The beginning of a statement_id; shorter ones are met twice too soon."""


@dataclass(frozen=True)
class Corrected:
    """A verdict, or the undo of one, that has been published.

    Attributes:
        before: the stance that counted before a verdict; None: nobody had judged, or it
            is an undo.
        undone: what an undo has taken back.
        taken_up: sentences on decisions of before that nobody had published yet.
    """

    decision: StanceCorrection
    before: Stance | None = None
    undone: StanceCorrection | None = None
    taken_up: tuple[str, ...] = ()


def correct(
    settings: Settings,
    statement_id: str,
    *,
    stance: Reviewed,
    reviewer: str,
    reason: str,
    observe: Observer = unobserved,
) -> Corrected:
    """Say what the stance of a statement is, and publish.

    Args:
        settings: home and memory limit.
        statement_id: or its first 8 characters or more, if no other begins so.
        stance: of the statement.
        reviewer: who says so.
        reason: why.
        observe: told of each stage.

    Raises:
        UsageError: the statement is not known or not the only one, or the name or the
            reason is empty.
        WarehouseError: the home is in use, or the result could not be published; then
            the verdict is as if it had not been.
    """
    name = _reviewer(reviewer)
    why = reason.strip()
    if not why:
        raise UsageError("correct: say why; a verdict without a reason helps nobody")
    prefix = statement_id.strip().lower()
    if not _ID.fullmatch(prefix):
        raise UsageError(
            f"{statement_id!r} is not a statement_id: it has 32 characters of 0-9 and "
            "a-f, of which the first 8 or more will do; `citehouse search --json` and "
            "`citehouse report --json` print it"
        )

    def write() -> Corrected:
        statement, before = _statement(settings.home, prefix)
        made = FILE.append(
            settings.home,
            action="correct",
            reviewer=name,
            stance=stance,
            statement=statement,
            reason=why,
        )
        return Corrected(made, before=before)

    return _carry_out(settings, write, observe)


def undo(
    settings: Settings,
    decision_id: str,
    *,
    reason: str | None = None,
    observe: Observer = unobserved,
) -> Corrected:
    """Take a verdict back, and publish: the tables are as if it had not been.

    Raises:
        UsageError: no verdict of that id is in force.
        WarehouseError: as `correct`.
    """

    def write() -> Corrected:
        before = {one.decision_id: one for one in FILE.read(settings.home)}
        made = FILE.append(
            settings.home, action="undo", undoes=decision_id, reason=reason
        )
        return Corrected(made, undone=before[decision_id])

    return _carry_out(settings, write, observe)


def _carry_out(
    settings: Settings, write: Callable[[], Corrected], observe: Observer
) -> Corrected:
    made, others = carry_out(settings, FILE, write, command="correct", observe=observe)
    return replace(made, taken_up=others)


def _reviewer(typed: str) -> str:
    try:
        return TypeAdapter[str](Reviewer).validate_python(typed)
    except ValidationError as err:
        said = err.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageError(f"correct: {said}, not {typed[:60]!r}") from err


def _statement(home: Path, prefix: str) -> tuple[CorrectedStatement, Stance | None]:
    with open_readonly(home) as con:
        found = statements_by_prefix(con, prefix)
    if not found:
        raise UsageError(
            f"no statement {prefix} in {home}; nothing was changed. `citehouse search` "
            "finds statements, with --json it prints their ids"
        )
    if len(found) > 1:
        raise UsageError(
            f"several statements begin with {prefix}, among them "
            f"{' and '.join(one['statement_id'] for one in found)}: type more of the "
            "one that you mean; nothing was changed"
        )
    (row,) = found
    before: Stance | None = row.pop("stance")
    return CorrectedStatement(**row), before
