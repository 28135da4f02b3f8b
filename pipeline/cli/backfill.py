"""``citehouse backfill``: ask again what was asked in a range of time."""

import datetime as dt
from typing import Annotated, Final

import typer

from pipeline.cli.console import draw, invocation, write_model
from pipeline.cli.moment import read_moment
from pipeline.cli.progress import shown_progress
from pipeline.cli.refresh import show_run
from pipeline.errors import UsageError

NAME: Final = "backfill"
EXAMPLES: Final = (
    "citehouse backfill --since 2026-11-01 --until 2026-11-03 --dry-run",
    "citehouse backfill --since 2026-11-01 --until 2026-11-03 --source openalex",
)


def command(
    ctx: typer.Context,
    *,
    since: Annotated[
        str, typer.Option(metavar="DATE", help="Beginning of the range: a day or time.")
    ],
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="End of the range. Else: now."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source", metavar="NAME", help="Only this source; repeatable. Else: all."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be asked; ask no one.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report, or the plan, as JSON.")
    ] = False,
) -> int:
    """Ask again what was asked last in a range of time.

    For nights in which a source was ill without saying so. What comes of it is no news:
    nobody is alerted. Exit code 3 as of `refresh`.
    """
    from pipeline.night.backfill import backfill_due
    from pipeline.run import backfill
    from pipeline.running import enabled_sources, utc_now

    call = invocation(ctx)
    settings = call.settings()
    due = backfill_due(
        settings,
        enabled_sources(settings),
        since=_beginning(since),
        until=_time(until) if until else utc_now(),
        chosen=source or [],
        now=utc_now(),
    )
    if dry_run:
        plan = due.plan.model_copy(update={"is_rehearsal": True})
        if as_json:
            write_model(plan)
        else:
            from pipeline.cli.night_text import night_plan

            draw(night_plan(plan))
        return 0
    with shown_progress(call) as observer:
        report = backfill(settings, due, observe=observer)
    show_run(report, call, as_json=as_json)
    return report.exit_code


def _time(text: str) -> dt.datetime:
    found = read_moment(text)
    if isinstance(found, str):
        raise UsageError(f"not a day or a time: {text}")
    return found


def _beginning(text: str) -> dt.datetime:
    found = _time(text)
    if found.time() == dt.time.max:
        return dt.datetime.combine(found.date(), dt.time.min, found.tzinfo)
    return found
