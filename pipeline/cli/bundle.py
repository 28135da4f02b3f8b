"""``citehouse bundle``: a report sealed in a file, to archive beside a paper."""

from pathlib import Path
from typing import Annotated, Final

import typer

from pipeline.cli.console import invocation
from pipeline.cli.output import STDOUT, writing
from pipeline.errors import UsageError

NAME: Final = "bundle"
EXAMPLES: Final = (
    "citehouse bundle 10.7717/peerj.4375 -o report.zip",
    "citehouse bundle 10.7717/peerj.4375 10.1371/journal.pone.0000308 -o thesis.zip",
)


def command(
    ctx: typer.Context,
    dois: Annotated[list[str], typer.Argument(metavar="DOI...", help="Cited works.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The zip file.")
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Write over what is there.")
    ] = False,
) -> int:
    """Seal reports and what they come from in a zip file.

    With the rows, the SQL and the licences behind them.
    The same published warehouse gives the same bytes. `citehouse verify-bundle` checks
    them. Reads the published warehouse and asks no source.
    """
    from importlib.metadata import version

    from pipeline.cli.report import source_licences
    from pipeline.cli.tables import plural
    from schemas.identifiers import normalise_doi
    from warehouse.errors import NotHeld
    from warehouse.report.bundle import bundle

    call = invocation(ctx)
    if output == STDOUT:
        raise UsageError("bundle: give a file to -o, not -")
    try:
        asked = [normalise_doi(doi) for doi in dois]
    except ValueError as err:
        raise UsageError(str(err)) from err
    home = call.settings().home
    try:
        with writing(output, force=force) as stream:
            manifest, content = bundle(
                home, asked, source_licences(), version("citehouse")
            )
            stream.write(content)
    except NotHeld as err:
        raise UsageError(
            f"{err} was never asked about in {home};"
            f" run `{call.command('refresh', str(err))}` first"
        ) from err
    reports = plural(len(manifest.reports), "report")
    files = plural(len(manifest.files) + 1, "file")
    call.say(f"Written: {output}, {reports}, {files}, {len(content):,} bytes")
    return 0
