"""What people decide about who is who: ``identity-decisions.jsonl`` in the home."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pipeline.decision_file import DecisionFile
from schemas.identity import DecisionAction, IdentityDecision

FILE: Final = DecisionFile(
    "identity-decisions.jsonl", IdentityDecision, "d", "citehouse works log"
)


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
        WarehouseError: as `DecisionFile.read`.
    """
    return FILE.append(
        home,
        undoes=undoes,
        action=action,
        tokens=tuple(tokens),
        kept=tuple(kept),
        reason=reason,
    )
