"""What people decide about who is who: an append-only file beside the archive.

``identity-decisions.jsonl`` in the home holds one decision a line. It is no part of any
generation, so `rebuild` keeps it; JSON lines, so that a person can read it, compare it
and carry it to another home. Each line is on the disk before it takes effect. A last
line that was cut short was never acknowledged, and is left out and overwritten.
"""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from pipeline.errors import UsageError, WarehouseError
from schemas.identity import DecisionAction, IdentityDecision

FILE_NAME: Final = "identity-decisions.jsonl"


def read_decisions(home: Path) -> list[IdentityDecision]:
    """All decisions, oldest first; none if there is no file.

    Raises:
        WarehouseError: the file cannot be read, a line of it is not a decision, or has
            the id of one before; says which.
    """
    path = home / FILE_NAME
    found: list[IdentityDecision] = []
    for number, line in enumerate(_whole_lines(_content(path)), start=1):
        try:
            found.append(IdentityDecision.model_validate_json(line))
        except ValidationError as err:
            raise WarehouseError(
                f"{path}, line {number} is not a decision: {_wrong(line, err)}; "
                "mend the line or remove it, then run again"
            ) from err
        if found[-1].decision_id in {one.decision_id for one in found[:-1]}:
            raise WarehouseError(
                f"{path}, line {number}: there is a decision {found[-1].decision_id} "
                "already; give this one a number of its own, then run again"
            )
    return found


def in_force(decisions: Sequence[IdentityDecision]) -> list[IdentityDecision]:
    """The merges and splits that nobody has undone, oldest first."""
    undone = {one.undoes for one in decisions if one.action == "undo"}
    return [
        one
        for one in decisions
        if one.action != "undo" and one.decision_id not in undone
    ]


def append_decision(
    home: Path,
    action: DecisionAction,
    *,
    tokens: Sequence[str] = (),
    kept: Sequence[str] = (),
    undoes: str | None = None,
    reason: str | None = None,
) -> IdentityDecision:
    """Write a decision down; it is on the disk when this returns.

    The caller holds the lock of the run.

    Raises:
        UsageError: `undoes` names no merge or split that is in force.
        WarehouseError: as `read_decisions`.
    """
    before = read_decisions(home)
    if undoes is not None and undoes not in {
        one.decision_id for one in in_force(before)
    }:
        raise UsageError(
            f"no decision {undoes!r} is in force: `citehouse works log` lists them"
        )
    # One more than the highest, so that a line taken out by hand frees no number.
    number = 1 + max((int(one.decision_id[1:]) for one in before), default=0)
    decision = IdentityDecision(
        decision_id=f"d{number}",
        action=action,
        tokens=tuple(tokens),
        kept=tuple(kept),
        undoes=undoes,
        reason=reason,
        decided_at=dt.datetime.now(dt.UTC),
    )
    _append(home / FILE_NAME, decision.model_dump_json().encode() + b"\n")
    return decision


def forget_last(home: Path) -> None:
    """Take the last line out again: it could not be published. The caller has the lock.

    Needs no room on the disk, which may be what was missing.
    """
    path = home / FILE_NAME
    lines = _whole_lines(path.read_bytes())
    with path.open("r+b") as file:
        file.truncate(sum(len(line) + 1 for line in lines[:-1]))
        os.fsync(file.fileno())


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as err:
        raise WarehouseError(
            f"cannot read the decisions in {path}: {err.strerror or err}; make it a "
            "file that you may read, or move it away, then run again"
        ) from err


def _wrong(line: bytes, err: ValidationError) -> str:
    try:
        line.decode()
    except UnicodeDecodeError:
        return "its text is not UTF-8"
    return err.errors()[0]["msg"]


def _whole_lines(content: bytes) -> list[bytes]:
    """The lines; without a last one that was cut short while it was written."""
    *lines, last = content.split(b"\n")
    try:
        IdentityDecision.model_validate_json(last)
    except ValidationError:
        # What we have begun to write begins like this; the rest somebody else wrote.
        is_ours = not last or last.startswith(b"{")
        return lines if is_ours else [*lines, last]
    return [*lines, last]


def _append(path: Path, line: bytes) -> None:
    is_new = not path.exists()
    with path.open("ab") as file:
        if not is_new:
            lines = _whole_lines(path.read_bytes())
            file.truncate(sum(len(each) + 1 for each in lines[:-1]))
            file.write(b"".join(each + b"\n" for each in lines[-1:]))
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
