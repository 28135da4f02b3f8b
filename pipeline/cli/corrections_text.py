"""What people said of stances, as a person reads it."""

from collections.abc import Iterator

from pipeline.cli.console import printable
from pipeline.cli.lines import lines, wrapped
from pipeline.correct import Corrected
from schemas.correction import CorrectedStatement, LoggedCorrection, StanceCorrection


def logged(one: LoggedCorrection) -> Iterator[str]:
    """Lines: a verdict, what has become of it, its statement, why."""
    what = f"undo of {one.undoes}" if one.undoes else _verdict(one)
    head = f"{one.decision_id}  {one.decided_at:%Y-%m-%d %H:%M}  {what}"
    state = _state(one)
    yield from wrapped(f"{head}  {state}" if state else head, subsequent_indent="    ")
    if one.statement:
        yield from _statement(one.statement, one.statement_id, indent=4)
    yield from lines(one.reason or "", indent=4)


def told(made: Corrected) -> Iterator[str]:
    """Lines: what a verdict has done, for whoever has just given it."""
    if made.undone is not None:
        yield f"Undid {made.undone.decision_id}: {printable(_verdict(made.undone))}"
        yield "Published: the tables are as if it had not been."
        return
    was = f"; it counted as {made.before} until now" if made.before else ""
    yield f"{printable(_verdict(made.decision))}{was}. Published:"
    if made.decision.statement:
        yield from _statement(made.decision.statement, None, indent=2)


def _verdict(one: StanceCorrection) -> str:
    return f"{one.stance}, says {one.reviewer}"


def _statement(
    one: CorrectedStatement, statement_id: str | None, *, indent: int
) -> Iterator[str]:
    yield from lines(statement_id or one.statement_id, indent)
    yield from lines(one.text, indent)
    citing, cited = one.citing_doi or one.citing_token, one.cited_doi or one.cited_token
    yield from lines(f"{citing} cites {cited}", indent)


def _state(one: LoggedCorrection) -> str:
    if one.undone_by:
        return f"undone by {one.undone_by}"
    if not one.is_published:
        return "not published yet: the next run takes it up"
    if not one.is_in_force:
        return ""
    if one.replaced_by:
        return f"replaced by {one.replaced_by}"
    if one.is_waiting:
        return "waits: its statement is not there"
    return "disputed: the classifier decides" if one.is_disputed else "in force"
