"""``citehouse works``: how a work was put together, and a person's say in it."""

from typing import Annotated, Final

import typer

from pipeline.cli.console import (
    invocation,
    write_data,
    write_json,
    write_message,
    write_model,
)
from pipeline.cli.progress import shown_progress

NAME: Final = "works"

_Id = Annotated[
    str, typer.Argument(metavar="ID", help="A DOI, or scheme:value (pmid:123).")
]
_Reason = Annotated[str | None, typer.Option(help="Why; kept with the decision.")]
_Json = Annotated[bool, typer.Option("--json", help="Print it all as JSON.")]

app: Final = typer.Typer(
    help="Show how works were put together; merge, split and undo.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def show(ctx: typer.Context, work: _Id, *, as_json: _Json = False) -> int:
    """Show the identifiers of a work, who joined them, and its versions."""
    from pipeline.decide import shown_work

    found = shown_work(invocation(ctx).settings().home, work)
    if as_json:
        write_model(found)
        return 0
    lines = [found.work_id, *([f"  {found.title}"] if found.title else [])]
    lines.append(
        f"  cited by {_count(found.citing_work_count)} works,"
        f" {_count(found.citing_group_count)} with versions counted once"
    )
    lines += ["identifiers", *(f"  {token}" for token in found.tokens)]
    lines += ["joined by"] + [
        f"  {one.token_a} + {one.token_b}  {one.source} {one.record_key}"
        for one in found.joins
    ]
    lines += [f"version group {found.version_group_id}"] + [
        f"  {one.work_id}{' (preprint)' if one.is_preprint else ''}"
        for one in found.versions
    ]
    lines += ["kept apart"] * bool(found.conflicts) + [
        f"  {one.token_a} | {one.token_b}  {one.reason}: {one.source} {one.record_key}"
        for one in found.conflicts
    ]
    write_data("\n".join(lines) + "\n")
    return 0


@app.command()
def merge(ctx: typer.Context, one: _Id, other: _Id, *, reason: _Reason = None) -> int:
    """Make two works one; wins over every record, but not over a split."""
    from pipeline import decide

    call = invocation(ctx)
    with shown_progress(call) as observer:
        made = decide.merge(
            call.settings(), one, other, reason=reason, observe=observer
        )
    write_data(f"{made.decision_id}\n")
    return 0


@app.command()
def split(
    ctx: typer.Context,
    work: _Id,
    *,
    token: Annotated[
        list[str],
        typer.Option(metavar="ID", help="Does not belong to the work; repeatable."),
    ],
    reason: _Reason = None,
) -> int:
    """Take identifiers off a work; wins over records and merges."""
    from pipeline import decide

    call = invocation(ctx)
    with shown_progress(call) as observer:
        made = decide.split(
            call.settings(), work, token, reason=reason, observe=observer
        )
    write_data(f"{made.decision_id}\n")
    return 0


@app.command()
def undo(
    ctx: typer.Context,
    decision: Annotated[str, typer.Argument(metavar="DECISION_ID")],
    *,
    reason: _Reason = None,
) -> int:
    """Take a merge or a split back; gives the tables that were before."""
    from pipeline import decide

    call = invocation(ctx)
    with shown_progress(call) as observer:
        made = decide.undo(call.settings(), decision, reason=reason, observe=observer)
    write_data(f"{made.decision_id}\n")
    return 0


@app.command()
def log(ctx: typer.Context, *, as_json: _Json = False) -> int:
    """List all decisions, oldest first."""
    from pipeline.identity_decisions import in_force, read_decisions

    decisions = read_decisions(invocation(ctx).settings().home)
    holding = {one.decision_id for one in in_force(decisions)}
    if as_json:
        write_json(
            [
                one.model_dump(mode="json")
                | {"is_in_force": one.decision_id in holding}
                for one in decisions
            ]
        )
        return 0
    for one in decisions:
        held = "in force" if one.decision_id in holding else ""
        named = one.undoes or " ".join(one.tokens)
        write_data(
            f"{one.decision_id}\t{one.decided_at:%Y-%m-%d %H:%M}\t{one.action}\t{named}"
            f"\t{held}\t{one.reason or ''}\n"
        )
    if not decisions:
        write_message("no decisions")
    return 0


def _count(number: int | None) -> str:
    return "not known" if number is None else f"{number:,}"
