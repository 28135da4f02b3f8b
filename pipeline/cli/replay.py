"""``citehouse replay``: rejected records, read again by today's models."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import draw, invocation, write_data
from pipeline.cli.progress import shown_progress

if TYPE_CHECKING:
    from schemas.replay import ReplayReport

NAME: Final = "replay"
EXAMPLES: Final = ("citehouse replay", "citehouse replay --json")


def command(
    ctx: typer.Context,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the outcome as JSON.")
    ] = False,
) -> int:
    """Try rejected records again, after an upgrade.

    Asks no source. Leaves the tables that a clean load of the archive would give.
    """
    from pipeline.replay import replay

    call = invocation(ctx)
    with shown_progress(call) as observer:
        report = replay(call.settings(), observe=observer)
    if as_json:
        write_data(report.model_dump_json(indent=2) + "\n")
    else:
        _show(report)
    if report.is_rebuilt:
        call.say("Other records read differently, too: everything was read again.")
    for warning in report.warnings:
        call.say(warning)
    if report.published_path is None:
        call.say("Nothing changed, so nothing was published.")
    return 0


def _show(report: "ReplayReport") -> None:
    from pipeline.cli.tables import number, plain_table, words

    summary = plain_table(header=False)
    summary.add_row("rejected records tried", number(report.tried))
    summary.add_row("now loaded", number(report.loaded))
    rest = sum(one.record_count for one in report.still_rejected)
    summary.add_row("still rejected", number(rest, "yellow" if rest else ""))
    draw(summary)
    if report.still_rejected:
        reasons = plain_table()
        for title in ("source", "records", "reason"):
            reasons.add_column(title)
        for one in report.still_rejected:
            reasons.add_row(
                words(one.source), number(one.record_count), words(one.reason)
            )
        draw(reasons)
