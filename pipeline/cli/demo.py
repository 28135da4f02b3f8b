"""``citehouse demo``: the main job on the bundled sample world."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from pipeline.cli.console import (
    Invocation,
    draw,
    drawing_width,
    invocation,
    printable,
    write_message,
)
from pipeline.cli.progress import shown_progress
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from schemas.report import RunReport

NAME: Final = "demo"
EXAMPLES: Final = ("citehouse demo", "citehouse demo --home /tmp/sample")

HOME: Final = Path("citehouse-demo")
MARKER: Final = "README.txt"
_MARKER_TEXT: Final = """\
Made by `citehouse demo`: the works, people and numbers in here are invented.
Delete this folder whenever you like.
"""
_REAL_DOI: Final = "10.7717/peerj.4375"
_BY_TYPE: Final = (
    "select publication_type, sum(citing_work_count) as citing_works"
    " from mart.citations_by_type group by all order by all"
)


def command(ctx: typer.Context) -> int:
    """Run the main job on a bundled sample, without network.

    A simulator of the public APIs serves an invented world on this machine. Citehouse
    asks it as it would ask the real ones, and publishes what it finds in the folder
    citehouse-demo (or --home), which may be deleted afterwards.
    """
    from pipeline.run import refresh
    from pipeline.settings import load_settings
    from pipeline.simulator.sample import sample_world
    from pipeline.simulator.server import running

    call = invocation(ctx)
    # Invented works must not get into a real warehouse: CITEHOUSE_HOME is not asked.
    call.home = call.home or HOME
    _claim(call.home)
    world = sample_world()
    call.say(
        f"This demo asks about {len(world.asked)} invented works, who cites them,"
        " and in what.\nA simulator of OpenAlex, Crossref, OpenCitations and doi.org"
        " answers on this machine:\nnothing leaves it. Each answer is kept, each record"
        " checked, and the sources are merged.\n"
    )
    with running(world) as simulator, shown_progress(call) as observer:
        settings = load_settings(home=call.home, **simulator.settings_overrides())
        report = refresh(world.asked, settings, observe=observer)
    _show(report, call)
    return report.exit_code


def _claim(home: Path) -> None:
    """Take the folder for the demo, unless somebody else's files are in it.

    Raises:
        UsageError: the folder holds something that no demo has put there.
    """
    marker = home / MARKER
    try:
        if home.exists() and any(home.iterdir()) and not marker.is_file():
            raise UsageError(
                f"{home} holds something else; give the demo a folder of its own:"
                " citehouse demo --home FOLDER"
            )
        home.mkdir(parents=True, exist_ok=True)
        marker.write_text(_MARKER_TEXT, encoding="utf-8")
    except OSError as err:
        raise UsageError(
            f"cannot write to {home}: {err.strerror}; give another folder by --home"
        ) from err


def _show(report: "RunReport", call: Invocation) -> None:
    from pipeline.cli.cited import citing_matrix
    from pipeline.cli.report import find_report
    from pipeline.cli.statement_text import by_section, statements
    from pipeline.cli.summary import run_summary
    from pipeline.cli.tables import heading
    from pipeline.simulator.sample_cited import BAKERS_DOI

    width = drawing_width()
    draw(run_summary(report))
    known = [cited for cited in report.cited if cited.state == "known"]
    if not known:
        write_message("citehouse: no work is known; see above what the sources said")
        return
    shown = max(known, key=lambda cited: cited.citing_work_count or 0)
    found = find_report(call, report.home, shown.cited_doi)
    draw(
        heading(printable(shown.title or shown.cited_doi)),
        *citing_matrix(found, width),
    )
    stated = find_report(call, report.home, BAKERS_DOI)
    draw(
        heading(printable(stated.title or stated.doi)),
        *by_section(stated),
        *statements(stated),
    )
    call.say(
        f"\nThe warehouse is {report.home / 'citehouse.duckdb'}, the raw answers are in"
        f" {report.home / 'archive'}.\n\n"
        "Next, look around in it:\n\n"
        f"  {call.command('report', BAKERS_DOI)}\n"
        f"  {call.command('search', 'lamps')}\n"
        f"  {call.command('query', _BY_TYPE)}\n\n"
        "Then ask the real sources, by network:\n\n"
        f"  {call.program} refresh {_REAL_DOI}\n"
        f"  {call.program} report {_REAL_DOI}"
    )
