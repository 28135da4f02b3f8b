"""What has become of people's decisions: in force, undone, waiting, not yet published.

A decision is written down before it is published. Whoever publishes next, be it days
later and for another reason, takes it up; so `taken_up` tells beforehand of those that
a machine that stopped, or a person with an editor, has left in the file.
"""

from collections.abc import Sequence
from pathlib import Path

from pipeline.identity_decisions import in_force, read_decisions
from schemas.identity import IdentityDecision
from schemas.report_works import LoggedDecision
from warehouse.connection import open_readonly, published_file
from warehouse.errors import WarehouseFault
from warehouse.report.works import known_tokens, published_decisions


def decision_log(home: Path) -> list[LoggedDecision]:
    """All decisions, oldest first, each with what has become of it.

    Raises:
        WarehouseFault: nothing has been published, or it cannot be read.
        WarehouseError: the file of decisions is not as it should be; says where.
    """
    decisions = read_decisions(home)
    holding = {one.decision_id for one in in_force(decisions)}
    undone_by = {one.undoes: one.decision_id for one in decisions if one.undoes}
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
        WarehouseError: the file of decisions is not as it should be; says where.
    """
    decisions = read_decisions(home)
    if not decisions:
        return ()
    try:
        published = _published(home)
    except WarehouseFault:
        return ()
    return tuple(
        _sentence(one) for one in _new(decisions, published) if one.decision_id != but
    )


def _published(home: Path) -> dict[str, bool]:
    if published_file(home) is None:
        return {}
    with open_readonly(home) as con:
        return published_decisions(con)


def _new(
    decisions: Sequence[IdentityDecision], published: dict[str, bool]
) -> list[IdentityDecision]:
    """Those in force that the tables are not made with, and undos of what they are."""
    holding = {one.decision_id for one in in_force(decisions)}
    return [
        one
        for one in decisions
        if (one.decision_id in holding and not published.get(one.decision_id))
        or (one.undoes is not None and published.get(one.undoes))
    ]


def _sentence(one: IdentityDecision) -> str:
    what = f"undo of {one.undoes}" if one.undoes else f"{one.action} of "
    return (
        f"Decision {one.decision_id} of {one.decided_at:%Y-%m-%d} "
        f"({what}{', '.join(one.tokens)}) takes effect with this publication."
    )


def _waits_for(one: IdentityDecision, known: set[str]) -> tuple[str, ...]:
    if one.action != "merge":
        return ()
    return tuple(token for token in one.tokens if token not in known)
