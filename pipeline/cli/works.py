"""``citehouse works``: how a work was put together, and a person's say in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import (
    Invocation,
    invocation,
    write_data,
    write_json,
    write_message,
    write_model,
)
from pipeline.cli.progress import shown_progress

if TYPE_CHECKING:
    from pipeline.decide import Decided

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
    from pipeline.cli.works_text import shown
    from pipeline.decide import shown_work

    found = shown_work(invocation(ctx).settings().home, work)
    if as_json:
        write_model(found)
    else:
        _write(shown(found))
    return 0


@app.command()
def merge(ctx: typer.Context, one: _Id, other: _Id, *, reason: _Reason = None) -> int:
    """Make two works one; wins over every record, but not over a split.

    Prints the id of the decision to stdout.
    """
    from pipeline import decide

    call = invocation(ctx)
    with shown_progress(call) as observer:
        made = decide.merge(
            call.settings(), one, other, reason=reason, observe=observer
        )
    return _tell(call, made)


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
    """Take identifiers off a work; wins over records and merges.

    Prints the id of the decision to stdout.
    """
    from pipeline import decide

    call = invocation(ctx)
    with shown_progress(call) as observer:
        made = decide.split(
            call.settings(), work, token, reason=reason, observe=observer
        )
    return _tell(call, made)


@app.command()
def undo(
    ctx: typer.Context,
    decision: Annotated[str, typer.Argument(metavar="DECISION_ID")],
    *,
    reason: _Reason = None,
) -> int:
    """Take a merge or a split back; gives the tables that were before.

    Prints the id of the undo to stdout.
    """
    from pipeline import decide

    call = invocation(ctx)
    with shown_progress(call) as observer:
        made = decide.undo(call.settings(), decision, reason=reason, observe=observer)
    return _tell(call, made)


@app.command()
def log(ctx: typer.Context, *, as_json: _Json = False) -> int:
    """List all decisions, oldest first, and what has become of each."""
    from pipeline.cli.works_text import logged
    from pipeline.decision_log import decision_log

    found = decision_log(invocation(ctx).settings().home)
    if as_json:
        write_json([one.model_dump(mode="json") for one in found])
        return 0
    for one in found:
        _write(logged(one))
    if not found:
        write_message("no decisions")
    return 0


def _tell(call: Invocation, made: "Decided") -> int:
    """The id as data, for scripts; what it has done as a message, for people."""
    from pipeline.cli.works_text import told

    name = made.decision.decision_id
    write_data(f"{name}\n")
    for sentence in made.taken_up:
        call.say(sentence)
    call.say("\n".join(told(made)))
    if made.undone is None:
        call.say(f"To take it back: {call.command('works', 'undo', name)}")
    return 0


def _write(lines: Iterable[str]) -> None:
    write_data("".join(f"{line}\n" for line in lines))
