"""``citehouse trace``: from a number to the rows, answers and runs behind it."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import Invocation, draw, invocation, write_model
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "trace"
EXAMPLES: Final = (
    "citehouse trace 10.7717/peerj.4375",
    "citehouse trace 10.7717/peerj.4375 --citing 10.1371/journal.pone.0215538 --raw",
)

MAX_CITED_NAMED: Final = 5
"""Cited works in one line of an error; a review may cite hundreds."""


def command(
    ctx: typer.Context,
    doi: Annotated[str, typer.Argument(metavar="DOI", help="The cited work.")],
    *,
    citing: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="A citing work: a DOI, or scheme:value (pmid:123)."
        ),
    ] = None,
    raw: Annotated[
        bool,
        typer.Option(
            "--raw", help="With --citing: the records as the sources sent them."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it all as JSON.")
    ] = False,
) -> int:
    """Show what a number was made of.

    For a cited work: its number of citing works by source, how each adds up, and the
    answers behind it. With --citing: every record that says that the one cites the
    other, and why the citation counts where it does, or not at all.
    """
    call = invocation(ctx)
    home = call.settings().home
    if citing is not None:
        return _show_edge(home, doi, citing, with_raw=raw, as_json=as_json)
    if raw:
        raise UsageError("--raw goes with --citing: it shows single records")
    return _show_count(call, home, doi, as_json=as_json)


def _show_count(call: Invocation, home: "Path", typed: str, *, as_json: bool) -> int:
    from schemas.identifiers import normalise_doi
    from warehouse.connection import open_readonly
    from warehouse.errors import NotHeld
    from warehouse.report.trace import cited_by, count_trace

    try:
        doi = normalise_doi(typed)
    except ValueError as err:
        raise UsageError(str(err)) from err
    with open_readonly(home) as con:
        try:
            trace = count_trace(con, doi)
        except NotHeld as err:
            raise _not_held(call, doi, home, cited_by(con, doi)) from err
    if as_json:
        write_model(trace)
        return 0
    from pipeline.cli.traced import traced_count

    draw(traced_count(trace, home))
    if trace.citing:
        first = trace.citing[0].citing_work_id
        call.say(f"\nNext: {call.command('trace', doi, '--citing', first)}")
    return 0


def _not_held(call: Invocation, doi: str, home: "Path", cited: list[str]) -> UsageError:
    """The error of who asks for the count of a work that nobody has asked about."""
    refresh = f"run `{call.command('refresh', doi)}` first"
    if not cited:
        return UsageError(f"{doi} was never asked about in {home}; {refresh}")
    named = ", ".join(cited[:MAX_CITED_NAMED])
    if (more := len(cited) - MAX_CITED_NAMED) > 0:
        named += f" and {more:,} more"
    return UsageError(
        f"{doi} is known in {home} as a work that cites {named}: see"
        f" `{call.command('trace', cited[0], '--citing', doi)}`. What cites it was"
        f" never asked about; for that, {refresh}"
    )


def _show_edge(
    home: "Path", doi: str, citing: str, *, with_raw: bool, as_json: bool
) -> int:
    from schemas.identifiers import read_token
    from warehouse.connection import open_readonly
    from warehouse.report.trace import UnknownWork, edge_trace

    try:
        ends = read_token(doi), read_token(citing)
    except ValueError as err:
        raise UsageError(str(err)) from err
    try:
        with open_readonly(home) as con:
            trace = edge_trace(con, *ends)
    except UnknownWork as err:
        raise UsageError(
            f"{err} is not in the warehouse of {home}: no source has named it, and "
            "nobody has asked about it"
        ) from err
    if with_raw:
        from pipeline.raw_record import with_raw_records

        trace = with_raw_records(home, trace)
    if as_json:
        write_model(trace)
        return 0
    from pipeline.cli.traced import traced_edge

    draw(traced_edge(trace, home))
    return 0
