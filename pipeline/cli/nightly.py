"""``citehouse nightly``: ask where something has moved, load, publish."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import Invocation, draw, invocation, write_model
from pipeline.cli.progress import shown_progress
from pipeline.cli.refresh import show_run
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from schemas.night import NightPlan

NAME: Final = "nightly"
EXAMPLES: Final = (
    "citehouse nightly",
    "citehouse nightly --dry-run",
    "citehouse nightly --tag thesis --json > night.json",
)


def command(
    ctx: typer.Context,
    *,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Print what would be asked, why, at what cost; ask nobody.",
        ),
    ] = False,
    tag: Annotated[
        str | None,
        typer.Option(metavar="TAG", help="Only the watched works with this tag."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report, or the plan, as JSON.")
    ] = False,
) -> int:
    """Ask where something has moved; load and publish.

    About the watched works; where none is watched, about every cited DOI of the
    warehouse. Looks up first, in large batches, what each source counts now. Exit code
    3: published, but a source did not answer fully, or the numbers are not as expected;
    the summary says which.
    """
    call = invocation(ctx)
    dois = _dois(call, tag)
    if dry_run:
        plan = _rehearsed(call, dois)
        _show_plan(plan, as_json=as_json)
        return 0
    from pipeline.run import nightly

    with shown_progress(call) as observer:
        report = nightly(dois, call.settings(), observe=observer)
    show_run(report, call, as_json=as_json)
    return report.exit_code


def _dois(call: Invocation, tag: str | None) -> list[str]:
    from pipeline.watch_import.take import tag_of
    from pipeline.watch_list import nightly_dois

    normal = None if tag is None else tag_of(tag)
    home = call.settings().home
    if found := nightly_dois(home, tag=normal):
        return found
    begin = call.command("watch", "add", "DOI")
    if tag is not None:
        raise UsageError(f"no work has the tag {tag!r}; `{begin} --tag {tag}` adds one")
    raise UsageError(
        f"no work is watched in {home}, no cited DOI is in it; `{begin}` watches one"
    )


def _rehearsed(call: Invocation, dois: list[str]) -> "NightPlan":
    from pipeline.night.nightly import rehearsal
    from pipeline.running import enabled_sources, utc_now

    settings = call.settings()
    return rehearsal(settings, enabled_sources(settings), dois, now=utc_now())


def _show_plan(plan: "NightPlan", *, as_json: bool) -> None:
    if as_json:
        write_model(plan)
        return
    from pipeline.cli.night_text import night_plan

    draw(night_plan(plan))
