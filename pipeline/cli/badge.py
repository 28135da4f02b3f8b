"""``citehouse badge``: the tallies of a cited work as a picture for web pages."""

from pathlib import Path
from typing import Annotated, Final

import typer

from pipeline.cli.console import invocation
from pipeline.cli.output import STDOUT, writing
from pipeline.cli.report import find_report

NAME: Final = "badge"
EXAMPLES: Final = (
    "citehouse badge 10.7717/peerj.4375 -o badge.svg",
    "citehouse badge 10.7717/peerj.4375 > badge.svg",
)


def command(
    ctx: typer.Context,
    doi: Annotated[str, typer.Argument(metavar="DOI", help="Any spelling of the DOI.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Instead of stdout."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> int:
    """Draw how often a work is cited, and how, as an SVG badge.

    What is not known is `not known`, never 0, and a retracted work says so. Reads the
    published warehouse and asks no source.
    """
    from warehouse.report.badge import badge_svg

    call = invocation(ctx)
    found = find_report(call, call.settings().home, doi)
    with writing(output, force=force) as stream:
        stream.write(badge_svg(found).encode())
    if output not in (None, STDOUT):
        call.say(f"Written to {output}")
    return 0
