"""``citehouse report``: what the warehouse knows of one cited work."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import (
    Invocation,
    draw,
    drawing_width,
    invocation,
    write_model,
)
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from schemas.cited_report import CitedReport
    from schemas.slice import View
    from schemas.table_export import SourceLicence

NAME: Final = "report"
EXAMPLES: Final = (
    "citehouse report 10.7717/peerj.4375",
    "citehouse report https://doi.org/10.7717/peerj.4375 --json | jq .counts",
    "citehouse report 10.7717/peerj.4375 --html report.html",
    "citehouse report 10.7717/peerj.4375 --as-of 2026-10-01",
)


def command(
    ctx: typer.Context,
    doi: Annotated[str, typer.Argument(metavar="DOI", help="Any spelling of the DOI.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole report as JSON.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Write it as one page that opens offline."
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="As it was then: a day, a time, or a run."
        ),
    ] = None,
) -> int:
    """Show who cites a work, when, and in what.

    Reads the published warehouse and asks no source. What is not known is shown as
    `not known`, and is null in JSON; 0 means that somebody counted none. With --as-of,
    byte for byte what was shown after the last run up to then.
    """
    call = invocation(ctx)
    if html and as_json:
        raise UsageError("report: --json or --html, not both")
    view = None
    if html:
        from schemas.slice import IN_A_FILE

        view = IN_A_FILE
    found = find_report(call, call.settings().home, doi, as_of=as_of, view=view)
    if html:
        from pipeline.durable import put_in_place
        from warehouse.report.page.render import report_file

        content = report_file(found, source_titles()).encode()
        try:
            put_in_place({html: content})
        except OSError as err:
            raise UsageError(f"{html} cannot be written: {err.strerror}") from err
        call.say(f"Written: {html}, {len(content):,} bytes")
        return 0
    if as_json:
        write_model(found)
        return 0
    from pipeline.cli.cited import cited_work

    width = drawing_width()
    draw(cited_work(found, source_titles(), width), width=width)
    return 0


def find_report(
    call: Invocation,
    home: Path,
    typed: str,
    *,
    as_of: str | None = None,
    view: "View | None" = None,
) -> "CitedReport":
    """The published report of the work that a DOI names.

    Args:
        call: how the program was called.
        home: of the warehouse.
        typed: the DOI.
        as_of: the moment as it was typed; None: now.
        view: what of the citing side is in it; None: all.

    Raises:
        UsageError: the text is no DOI, or nobody has asked about it; or the moment is
            none.
        WarehouseFault: there is no warehouse, or it cannot be read.
    """
    from pipeline.cli.moment import read_moment
    from schemas.identifiers import normalise_doi
    from warehouse.as_of import open_as_of
    from warehouse.connection import open_readonly
    from warehouse.errors import NotHeld
    from warehouse.report.cited import WHOLE, cited_report

    try:
        doi = normalise_doi(typed)
    except ValueError as err:
        raise UsageError(str(err)) from err
    try:
        moment = None if as_of is None else read_moment(as_of)
        with open_readonly(home) if moment is None else open_as_of(home, moment) as con:
            return cited_report(con, doi, view or WHOLE)
    except NotHeld as err:
        then = f" up to {as_of}" if as_of else ""
        raise UsageError(
            f"{doi} was never asked about in {home}{then};"
            f" run `{call.command('refresh', doi)}` first"
        ) from err


def source_titles() -> dict[str, str]:
    """The names of the sources for people, by their names."""
    return {one.source: one.title for one in source_licences()}


def source_licences() -> "list[SourceLicence]":
    """Under which terms the sources give what they give, by source."""
    from pipeline.sources import all_sources
    from schemas.table_export import SourceLicence

    return [
        SourceLicence(source=name, title=source.title, licence=source.licence)
        for name, source in sorted(all_sources().items())
    ]
