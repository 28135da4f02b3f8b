"""``citehouse rebuild``: the warehouse anew from the raw answers, offline."""

from typing import Annotated, Final

import typer

from pipeline.cli.console import invocation
from pipeline.cli.progress import shown_progress
from pipeline.cli.refresh import show_run

NAME: Final = "rebuild"
EXAMPLES: Final = (
    "citehouse rebuild",
    "citehouse rebuild --home /data/citehouse --json",
)


def command(
    ctx: typer.Context,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON.")
    ] = False,
) -> int:
    """Make all tables anew from the archived answers.

    Asks no source. Gives the tables that the archived runs gave, by today's rules.
    """
    from pipeline.run import rebuild

    call = invocation(ctx)
    with shown_progress(call) as observer:
        report = rebuild(call.settings(), observe=observer)
    show_run(report, call, as_json=as_json)
    return report.exit_code
