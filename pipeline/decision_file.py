"""What people decide: an append-only file beside the archive, one for each kind.

A file in the home holds one decision a line. It is no part of any generation, so
`rebuild` keeps it; JSON lines, so that a person can read it, compare it and carry it to
another home. Each line is on the disk before it takes effect. A last line that was cut
short was never acknowledged, and is left out and overwritten.
"""

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from pipeline.durable import sync_folder
from pipeline.errors import UsageError, WarehouseError
from schemas.decision import Decision

AnyDecision = TypeVar("AnyDecision", bound=Decision)


@dataclass(frozen=True)
class DecisionFile(Generic[AnyDecision]):
    """The decisions of one kind.

    Attributes:
        name: of the file, in the home.
        kind: what a line holds.
        letter: with which the ids begin.
        listed_by: the command that lists them.
    """

    name: str
    kind: type[AnyDecision]
    letter: str
    listed_by: str

    def read(self, home: Path) -> list[AnyDecision]:
        """All decisions, oldest first; none if there is no file.

        Raises:
            WarehouseError: the file cannot be read, a line of it is not a decision, or
                has the id of one before; says which.
        """
        path = home / self.name
        found: list[AnyDecision] = []
        known: set[str] = set()
        for number, line in enumerate(self._whole_lines(_content(path)), start=1):
            try:
                found.append(self.kind.model_validate_json(line))
            except ValidationError as err:
                raise WarehouseError(
                    f"{path}, line {number} is not a decision: {_wrong(line, err)}; "
                    "mend the line or remove it, then run again"
                ) from err
            name = found[-1].decision_id
            if name in known:
                raise WarehouseError(
                    f"{path}, line {number}: there is a decision {name} "
                    "already; give this one a number of its own, then run again"
                )
            known.add(name)
        return found

    def append(
        self, home: Path, *, undoes: str | None = None, **fields: object
    ) -> AnyDecision:
        """Write a decision down; it is on the disk when this returns.

        The caller holds the lock of the run.

        Args:
            home: of the warehouse.
            undoes: the decision that it takes back; None: none.
            fields: what a decision of this kind holds besides.

        Raises:
            UsageError: `undoes` names none that is in force.
            WarehouseError: as `read`.
        """
        before = self.read(home)
        if undoes is not None and undoes not in names(in_force(before)):
            raise UsageError(
                f"no decision {undoes!r} is in force: `{self.listed_by}` lists them"
            )
        # One more than the highest, so that a line taken out by hand frees no number.
        number = 1 + max((int(one.decision_id[1:]) for one in before), default=0)
        whole: dict[str, Any] = {
            "decision_id": f"{self.letter}{number}",
            "decided_at": dt.datetime.now(dt.UTC),
            "undoes": undoes,
        }
        decision = self.kind(**whole, **fields)
        self._write(home / self.name, decision.model_dump_json().encode() + b"\n")
        return decision

    def forget_last(self, home: Path) -> None:
        """Take the last line out again: it could not be published.

        The caller has the lock. Needs no room on the disk, which may be what was
        missing.
        """
        path = home / self.name
        lines = self._whole_lines(path.read_bytes())
        with path.open("r+b") as file:
            file.truncate(sum(len(line) + 1 for line in lines[:-1]))
            os.fsync(file.fileno())

    def _whole_lines(self, content: bytes) -> list[bytes]:
        """The lines; without a last one that was cut short while it was written."""
        *lines, last = content.split(b"\n")
        try:
            self.kind.model_validate_json(last)
        except ValidationError:
            # What we have begun to write begins like this; others wrote the rest.
            is_ours = not last or last.startswith(b"{")
            return lines if is_ours else [*lines, last]
        return [*lines, last]

    def _write(self, path: Path, line: bytes) -> None:
        is_new = not path.exists()
        with path.open("ab") as file:
            if not is_new:
                lines = self._whole_lines(path.read_bytes())
                file.truncate(sum(len(each) + 1 for each in lines[:-1]))
                file.write(b"".join(each + b"\n" for each in lines[-1:]))
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(path.parent)


def in_force(decisions: Sequence[AnyDecision]) -> list[AnyDecision]:
    """Those that decide something and that nobody has undone, oldest first."""
    undone = {one.undoes for one in decisions if one.action == "undo"}
    return [
        one
        for one in decisions
        if one.action != "undo" and one.decision_id not in undone
    ]


def names(decisions: Sequence[Decision]) -> set[str]:
    """The ids of some decisions."""
    return {one.decision_id for one in decisions}


def undone_by_which(decisions: Sequence[Decision]) -> dict[str, str]:
    """The id of each decision that was undone, to that of the undo."""
    return {one.undoes: one.decision_id for one in decisions if one.undoes}


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
