"""``citehouse sources --drift``: what has changed in the shape of the answers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.cli.console import Invocation, draw, write_json

if TYPE_CHECKING:
    from schemas.drift import Drift


def show_drift(call: Invocation, *, as_json: bool) -> int:
    """Print what all runs in the warehouse have found, as a table or as JSON."""
    from warehouse.connection import open_readonly
    from warehouse.report.drift import drift

    with open_readonly(call.settings().home) as con:
        found = drift(con)
    if as_json:
        write_json([one.model_dump() for one in found])
    elif found:
        _show(found)
        call.say(
            "Counts are of sampled records of the last run that showed it; examples of "
            "requests are in --json."
        )
    else:
        call.say("No drift in the sampled answers of the runs in this warehouse.")
    return 0


def _show(found: "Sequence[Drift]") -> None:
    from pipeline.cli.tables import plain_table, words

    table = plain_table()
    for title in ("source", "what", "name", "records", "first", "last"):
        table.add_column(title, overflow="fold")
    for one in found:
        table.add_row(
            words(f"{one.source} {one.endpoint}"),
            words(one.kind.replace("_", " ")),
            words(one.name),
            words(f"{one.record_count:,} of {one.sampled_record_count:,}"),
            words(_day(one.first_run)),
            words(_day(one.last_run)),
        )
    draw(table)


def _day(run_id: str) -> str:
    """The day on which a run began: its id starts with the moment."""
    return f"{run_id[:4]}-{run_id[4:6]}-{run_id[6:8]}"
