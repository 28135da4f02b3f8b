"""``citehouse diff``: what has changed, and why."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import draw, invocation, write_model
from pipeline.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

NAME: Final = "diff"
EXAMPLES: Final = (
    "citehouse diff",
    "citehouse diff --since 2026-11-01",
    "citehouse diff 10.7717/peerj.4375 --since 2026-11-01 --json | jq .changes",
)


def command(
    ctx: typer.Context,
    dois: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOI...", help="Only what concerns these cited works."),
    ] = None,
    *,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="From that day on; a time or a run, too. Else: the last night.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the changes as JSON.")
    ] = False,
) -> int:
    """Show what has changed since the last night, and why.

    New citing works and those that were withdrawn, works that turned out to be one,
    other dates and types, retractions and notices, new statements and other stances.
    Asks no source.
    """
    from warehouse.connection import open_readonly
    from warehouse.report.diff import diff

    call = invocation(ctx)
    cited = [_normal(doi) for doi in dois or []]
    with open_readonly(call.settings().home) as con:
        found = diff(con, _moment(since), cited=cited)
    if as_json:
        write_model(found)
        return 0
    from pipeline.cli.diff_text import difference

    draw(difference(found))
    return 0


def _normal(doi: str) -> str:
    from schemas.identifiers import normalise_doi

    try:
        return normalise_doi(doi)
    except ValueError as err:
        raise UsageError(str(err)) from err


def _moment(since: str | None) -> "dt.datetime | str | None":
    """The beginning of a day, a time, or a run."""
    import datetime as dt

    from pipeline.cli.moment import read_moment

    if since is None:
        return None
    found = read_moment(since)
    if isinstance(found, dt.datetime) and found.time() == dt.time.max:
        return dt.datetime.combine(found.date(), dt.time.min, found.tzinfo)
    return found
