"""``citehouse archive``: what the raw answers take, and making that less."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import (
    draw,
    invocation,
    write_json,
    write_message,
)

if TYPE_CHECKING:
    from schemas.archive import ArchivedRun

NAME: Final = "archive"

_Json = Annotated[bool, typer.Option("--json", help="Print it all as JSON.")]

app: Final = typer.Typer(
    help="List, pack and prune the raw answers of all runs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(name="list")
def list_(ctx: typer.Context, *, as_json: _Json = False) -> int:
    """List the runs with the space that their answers take, oldest first."""
    from pipeline.archive_keeping import archived_runs

    found = archived_runs(invocation(ctx).settings().home)
    if as_json:
        write_json([run.model_dump(mode="json") for run in found])
    elif found:
        _show(found)
    else:
        write_message("no runs")
    return 0


@app.command()
def compact(ctx: typer.Context) -> int:
    """Pack all answers to about half of their size; they stay the same.

    Takes about a second for 3 MB. May be stopped at any point and called again.
    """
    from pipeline.archive_keeping import compact as compacted
    from pipeline.cli.tables import plural, size

    call = invocation(ctx)
    before = after = runs = 0
    for one in compacted(call.settings().home):
        call.say(
            f"{one.run_id}: {size(one.size_before_bytes)} ->"
            f" {size(one.size_after_bytes)}"
        )
        before += one.size_before_bytes
        after += one.size_after_bytes
        runs += 1
    if runs:
        call.say(f"Packed {plural(runs, 'run')}: {size(before)} -> {size(after)}.")
    else:
        call.say("Nothing to pack: all answers are packed as tightly as it goes.")
    return 0


@app.command()
def prune(
    ctx: typer.Context,
    *,
    before: Annotated[
        dt.datetime,
        typer.Option(
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="Runs that were begun before this day (UTC).",
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list what would go.")
    ] = False,
    as_json: _Json = False,
) -> int:
    """Remove the raw answers of old runs for good.

    What they brought stays in the warehouse, and so does the history; but `rebuild` and
    `replay` can never read these answers anew, and without the warehouse they are lost.
    Runs that are not published stay.
    """
    from pipeline.archive_keeping import prune as pruned
    from pipeline.archive_keeping import to_prune

    call = invocation(ctx)
    home = call.settings().home
    moment = before.replace(tzinfo=dt.UTC)
    found = to_prune(home, moment) if dry_run else pruned(home, moment)
    if as_json:
        write_json([run.model_dump(mode="json") for run in found])
    elif found:
        _show(found)
    call.say(_told(found, before, is_done=not dry_run))
    return 0


def _told(found: "Sequence[ArchivedRun]", before: dt.datetime, *, is_done: bool) -> str:
    from pipeline.cli.tables import plural, size

    if not found:
        return f"No published run was begun before {before:%Y-%m-%d}."
    space = size(sum(run.size_bytes for run in found))
    verb = "Removed" if is_done else "Would remove"
    return f"{verb} the answers of {plural(len(found), 'run')}: {space}."


def _show(runs: "Sequence[ArchivedRun]") -> None:
    from rich.text import Text

    from pipeline.cli.tables import number, plain_table, size, words

    table = plain_table()
    for title in ("run", "command", "state"):
        table.add_column(title, no_wrap=True)
    for title in ("works", "files", "size"):
        table.add_column(title, justify="right", no_wrap=True)
    for run in runs:
        table.add_row(
            words(run.run_id),
            words(run.command),
            Text(run.state, style="" if run.state == "published" else "yellow"),
            number(run.doi_count),
            number(run.file_count),
            Text(size(run.size_bytes)),
        )
    table.add_section()
    table.add_row("", "", "", "", "", size(sum(run.size_bytes for run in runs)))
    draw(table)
