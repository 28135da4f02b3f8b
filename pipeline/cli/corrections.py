"""``citehouse corrections``: what people said of stances, undone and exported."""

from typing import Annotated, Final

import typer

from pipeline.cli.console import invocation, write_data, write_json, write_message
from pipeline.cli.correct import tell
from pipeline.cli.progress import shown_progress

NAME: Final = "corrections"

app: Final = typer.Typer(
    help="List, undo and export what people said of stances.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_(
    ctx: typer.Context,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it all as JSON.")
    ] = False,
) -> int:
    """List all verdicts, oldest first, and what has become of each."""
    from pipeline.cli.corrections_text import logged
    from pipeline.correction_log import correction_log

    found = correction_log(invocation(ctx).settings().home)
    if as_json:
        write_json([one.model_dump(mode="json") for one in found])
        return 0
    for one in found:
        write_data("".join(f"{line}\n" for line in logged(one)))
    if not found:
        write_message("no corrections")
    return 0


@app.command()
def undo(
    ctx: typer.Context,
    decision: Annotated[str, typer.Argument(metavar="DECISION_ID")],
    *,
    why: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Kept with the undo.")
    ] = None,
) -> int:
    """Take a verdict back; gives the tables that were before.

    Prints the id of the undo to stdout.
    """
    from pipeline import correct

    call = invocation(ctx)
    with shown_progress(call) as observer:
        made = correct.undo(call.settings(), decision, reason=why, observe=observer)
    return tell(call, made)


@app.command()
def export(ctx: typer.Context) -> int:
    """Print the verdicts that count as JSON lines, to learn from.

    A line a verdict, the newest of each reviewer on a statement: what `citehouse
    classify` reads ("text", "before", "after", "section", "marker"), the answer
    ("stance", "by", "why", "is_disputed"), and where it stands ("statement_id",
    "citing_doi", "cited_doi", "licence").
    """
    from pipeline.correction_log import training_lines

    for one in training_lines(invocation(ctx).settings().home):
        write_data(f"{one.model_dump_json()}\n")
    return 0
