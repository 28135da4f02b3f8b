"""What has become of people's decisions: in force, undone, waiting, not yet published.

A decision is written down before it is published. Whoever publishes next, be it days
later and for another reason, takes it up; so `taken_up` tells beforehand of those that
a machine that stopped, or a person with an editor, has left in the file.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import corrections, identity_decisions
from pipeline.decision_file import (
    AnyDecision,
    DecisionFile,
    in_force,
    names,
    undone_by_which,
)
from schemas.correction import StanceCorrection
from schemas.identity import IdentityDecision
from schemas.report_works import LoggedDecision
from warehouse.connection import open_readonly, published_file
from warehouse.corrections import published_verdicts
from warehouse.errors import WarehouseFault
from warehouse.report.works import known_tokens, published_decisions


def decision_log(home: Path) -> list[LoggedDecision]:
    """All decisions on who is who, oldest first, each with what has become of it.

    Raises:
        WarehouseFault: nothing has been published, or it cannot be read.
        WarehouseError: the file of decisions is not as it should be; says where.
    """
    decisions = identity_decisions.FILE.read(home)
    holding = names(in_force(decisions))
    undone_by = undone_by_which(decisions)
    merged = {
        token for one in decisions if one.action == "merge" for token in one.tokens
    }
    with open_readonly(home) as con:
        known = known_tokens(con, merged)
        published = published_decisions(con)
    return [
        LoggedDecision(
            **one.model_dump(),
            is_in_force=one.decision_id in holding,
            undone_by=undone_by.get(one.decision_id),
            waits_for=_waits_for(one, known) if one.decision_id in holding else (),
            is_published=published.get(one.decision_id) is (one.decision_id in holding),
        )
        for one in decisions
    ]


def taken_up(home: Path, *, but: str | None = None) -> tuple[str, ...]:
    """A sentence for each decision that the next publication is the first to have.

    To be asked before publishing. Empty where the published warehouse cannot be read.

    Args:
        home: of the warehouse.
        but: a decision that its maker knows of.

    Raises:
        WarehouseError: a file of decisions is not as it should be; says where.
    """
    return (
        *_taken_up(home, identity_decisions.FILE, published_decisions, _tokens, but),
        *_taken_up(home, corrections.FILE, _verdicts_in_force, _verdict, but),
    )


def _taken_up(
    home: Path,
    file: DecisionFile[AnyDecision],
    published_in: Callable[[Any], dict[str, bool]],
    told: Callable[[AnyDecision], str],
    but: str | None,
) -> tuple[str, ...]:
    decisions = file.read(home)
    if not decisions:
        return ()
    try:
        published = _published(home, published_in)
    except WarehouseFault:
        return ()
    return tuple(
        f"Decision {one.decision_id} of {one.decided_at:%Y-%m-%d} "
        f"({f'undo of {one.undoes}' if one.undoes else told(one)}) "
        "takes effect with this publication."
        for one in _new(decisions, published)
        if one.decision_id != but
    )


def _published(
    home: Path, published_in: Callable[[Any], dict[str, bool]]
) -> dict[str, bool]:
    if published_file(home) is None:
        return {}
    with open_readonly(home) as con:
        return published_in(con)


def _new(
    decisions: Sequence[AnyDecision], published: Mapping[str, bool]
) -> list[AnyDecision]:
    """Those in force that the tables are not made with, and undos of what they are."""
    holding = names(in_force(decisions))
    return [
        one
        for one in decisions
        if (one.decision_id in holding and not published.get(one.decision_id))
        or (one.undoes is not None and published.get(one.undoes))
    ]


def _tokens(one: IdentityDecision) -> str:
    return f"{one.action} of {', '.join(one.tokens)}"


def _verdict(one: StanceCorrection) -> str:
    about = one.statement.statement_id if one.statement else ""
    return f"{one.stance}, says {one.reviewer} of {about}"


def _verdicts_in_force(con: Any) -> dict[str, bool]:  # noqa: ANN401 - DuckDB's type
    return {name: one.is_in_force for name, one in published_verdicts(con).items()}


def _waits_for(one: IdentityDecision, known: set[str]) -> tuple[str, ...]:
    if one.action != "merge":
        return ()
    return tuple(token for token in one.tokens if token not in known)
