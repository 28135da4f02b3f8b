"""Merge, split, undo: a person's decision, written down and published at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.deciding import carry_out
from pipeline.decision_file import in_force
from pipeline.errors import UsageError
from pipeline.identity_decisions import FILE, append_decision
from pipeline.running import unobserved
from pipeline.settings import Settings
from schemas.identifiers import read_token, sorted_tokens
from schemas.identity import IdentityDecision
from schemas.report import Observer
from schemas.report_works import WorkIdentity
from warehouse.connection import open_readonly
from warehouse.report.works import work_identity


@dataclass(frozen=True)
class Decided:
    """A decision that has been published.

    Attributes:
        works: of a merge the two works, of a split the one, as they were before.
        undone: what an undo has taken back.
        taken_up: sentences on decisions of before that nobody had published yet.
    """

    decision: IdentityDecision
    works: tuple[WorkIdentity, ...] = ()
    undone: IdentityDecision | None = None
    taken_up: tuple[str, ...] = ()


def shown_work(home: Path, typed: str) -> WorkIdentity:
    """The work that an identifier in any notation names.

    Raises:
        UsageError: it is no identifier, or the warehouse does not know it.
        WarehouseFault: there is no warehouse, or it cannot be read.
    """
    token = _token(typed)
    with open_readonly(home) as con:
        found = work_identity(con, token)
    if found is None:
        raise UsageError(f"{token} names no work in {home}; nothing was changed")
    return found


def merge(
    settings: Settings,
    one: str,
    other: str,
    *,
    reason: str | None = None,
    observe: Observer = unobserved,
) -> Decided:
    """Make two works one, and publish.

    Wins over every record, also where both have a DOI or a PMID.

    Raises:
        UsageError: they are one work already, a split keeps them apart, or as
            `shown_work`.
        WarehouseError: the home is in use, or the result could not be published; then
            the decision is as if it had not been.
    """

    def write() -> Decided:
        works = [shown_work(settings.home, typed) for typed in (one, other)]
        if works[0].work_id == works[1].work_id:
            raise UsageError(f"{one} and {other} are one work: {works[0].work_id}")
        _not_split(settings.home, works)
        made = append_decision(
            settings.home, "merge", tokens=[it.work_id for it in works], reason=reason
        )
        return Decided(made, tuple(works))

    return _carry_out(settings, write, observe)


def split(
    settings: Settings,
    typed: str,
    taken_off: Sequence[str],
    *,
    reason: str | None = None,
    observe: Observer = unobserved,
) -> Decided:
    """Take identifiers off a work, and publish; wins over every record and merge.

    A record that has identifiers on both sides goes with its first one.

    Raises:
        UsageError: an identifier is not one of the work's, none would be left, or as
            `shown_work`.
        WarehouseError: as `merge`.
    """

    def write() -> Decided:
        work = shown_work(settings.home, typed)
        tokens = sorted_tokens(_token(each) for each in taken_off)
        if strange := [each for each in tokens if each not in work.tokens]:
            raise UsageError(
                f"{', '.join(strange)}: not an identifier of {work.work_id}; "
                f"it has {', '.join(work.tokens)}"
            )
        kept = sorted_tokens(set(work.tokens) - set(tokens))
        if not tokens or not kept:
            raise UsageError("split: name some of the work's identifiers, not all")
        made = append_decision(
            settings.home, "split", tokens=tokens, kept=kept, reason=reason
        )
        return Decided(made, (work,))

    return _carry_out(settings, write, observe)


def undo(
    settings: Settings,
    decision_id: str,
    *,
    reason: str | None = None,
    observe: Observer = unobserved,
) -> Decided:
    """Take a decision back, and publish: the tables are as if it had not been.

    Raises:
        UsageError: no merge or split of that id is in force.
        WarehouseError: the home is in use, or the result could not be published.
    """

    def write() -> Decided:
        before = {one.decision_id: one for one in FILE.read(settings.home)}
        made = append_decision(settings.home, "undo", undoes=decision_id, reason=reason)
        return Decided(made, undone=before[decision_id])

    return _carry_out(settings, write, observe)


def _carry_out(
    settings: Settings, write: Callable[[], Decided], observe: Observer
) -> Decided:
    made, others = carry_out(settings, FILE, write, command="works", observe=observe)
    return replace(made, taken_up=others)


def _token(typed: str) -> str:
    try:
        return read_token(typed)
    except ValueError as err:
        raise UsageError(str(err)) from err


def _not_split(home: Path, works: Sequence[WorkIdentity]) -> None:
    one, other = (set(work.tokens) for work in works)
    for decision in in_force(FILE.read(home)):
        off, kept = set(decision.tokens), set(decision.kept)
        if (one & off and other & kept) or (one & kept and other & off):
            raise UsageError(
                f"decision {decision.decision_id} keeps them apart; "
                f"`citehouse works undo {decision.decision_id}` first"
            )
