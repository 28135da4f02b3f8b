"""Works and decisions on them as a person reads them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from pipeline.cli.lines import each, lines, wrapped
from pipeline.cli.tables import plural
from pipeline.decide import Decided
from schemas.report_works import LoggedDecision, ShownConflict, WorkIdentity

_MAX_RECORDS: Final = 3
"""Records shown for each pair that is kept apart; each citation may be one."""


def shown(work: WorkIdentity) -> Iterator[str]:
    """Lines: a work, its identifiers, who joined them, its versions, its conflicts."""
    yield work.work_id
    yield from lines(work.title or "")
    yield from lines(_cited_by(work))
    yield "identifiers"
    yield from each(work.tokens)
    if work.joins:
        yield "joined by"
    for join in work.joins:
        yield from lines(f"{join.token_a} + {join.token_b}")
        by = "decision" if join.decided_by == "user" else join.source
        yield from lines(f"{by} {join.record_key}", indent=4)
    yield f"version group {work.version_group_id}"
    yield from each(
        f"{one.work_id}{' (preprint)' * one.is_preprint}" for one in work.versions
    )
    if work.conflicts:
        yield "kept apart"
    for (token_a, token_b, reason), found in groupby(work.conflicts, key=_conflict):
        yield from lines(f"{token_a} | {token_b}")
        yield from _apart(reason, list(found))


def logged(one: LoggedDecision) -> Iterator[str]:
    """Lines: a decision, what has become of it, its identifiers, its reason."""
    what = f"undo of {one.undoes}" if one.undoes else one.action
    head = f"{one.decision_id}  {one.decided_at:%Y-%m-%d %H:%M}  {what}"
    state = _state(one)
    yield from wrapped(f"{head}  {state}" if state else head, subsequent_indent="    ")
    yield from each(one.tokens, indent=4)
    yield from lines(one.reason or "", indent=4)


def told(made: Decided) -> Iterator[str]:
    """Lines: what a decision has done, for whoever has just made it."""
    decision = made.decision
    if made.undone is not None:
        undone = made.undone
        what = "two" if undone.action == "merge" else "identifiers"
        yield f"Undid {undone.decision_id}, the {undone.action} of these {what}:"
        yield from each(undone.tokens)
        yield "Published: the tables are as if it had not been."
        return
    if decision.action == "merge":
        yield "Made one work of these two, and published:"
        for work in made.works:
            yield from _named(work)
        return
    yield "Split these identifiers off, and published:"
    yield from each(decision.tokens)
    yield "from"
    for work in made.works:
        yield from _named(work)


def _conflict(apart: ShownConflict) -> tuple[str, str, str]:
    return apart.token_a, apart.token_b, apart.reason


def _apart(reason: str, records: list[ShownConflict]) -> Iterator[str]:
    yield from lines(f"{reason}, though put together by", indent=4)
    shown_ones = records[:_MAX_RECORDS]
    yield from each((f"{one.source} {one.record_key}" for one in shown_ones), indent=6)
    if more := len(records) - len(shown_ones):
        yield from lines(f"and {plural(more, 'more record')}: see --json", indent=6)


def _state(one: LoggedDecision) -> str:
    if one.undone_by:
        return f"undone by {one.undone_by}"
    if not one.is_published:
        return "not published yet: the next run takes it up"
    if one.waits_for:
        return f"waits: no record has {', '.join(one.waits_for)}"
    return "in force" if one.is_in_force else ""


def _named(work: WorkIdentity) -> Iterator[str]:
    yield from lines(work.work_id)
    yield from lines(work.title or "title not known", indent=4)


def _cited_by(work: WorkIdentity) -> str:
    works, groups = work.citing_work_count, work.citing_group_count
    if works is None or groups is None:
        return "how many works cite it is not known"
    return f"cited by {plural(works, 'work')}, {groups:,} with versions counted once"
