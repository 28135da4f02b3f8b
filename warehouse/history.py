"""history: what each publication changed, so that any past one can be reproduced."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from warehouse.build import Model
from warehouse.difference import Written
from warehouse.sqlfile import sql_text

LOGGED: Final = ("core", "mart")
"""Schemas whose tables have a log: history.core_work is that of core.work."""


_EVENTS: Final = (
    "moved_identity",
    "cited_name",
    "changed_citation",
    "changed_work",
    "changed_notice",
    "changed_state",
    "changed_statement",
)
"""Files of ``sql/history``, in order: who has become whom explains the
rest, and the edges explain the statements."""


@dataclass(frozen=True)
class Publication:
    """A generation in the making, as the history knows it.

    Attributes:
        number: counted from 1 in this warehouse.
        at: end of the newest run that it takes in; without one, when it is made.
        command: what makes it.
        run_ids: the runs that it takes in, in order of time.
        version: of Citehouse.
    """

    number: int
    at: dt.datetime
    command: str
    run_ids: tuple[str, ...]
    version: str

    @property
    def name(self) -> str:
        """Its newest run; without one, its number.

        Unlike the number, the same where the history is made again from the archive.
        """
        return max(self.run_ids, default=str(self.number))

    @property
    def is_first(self) -> bool:
        """There is nothing before it: what is there then is all new, and no news."""
        return self.number == 1


def next_publication(
    con: duckdb.DuckDBPyConnection,
    *,
    at: dt.datetime | None,
    command: str,
    version: str,
) -> Publication:
    """The publication that a file in the making will be; nothing is written yet.

    Args:
        con: to the file, with all runs loaded. Those are its own that no publication
            has taken in before, also those of a file that had no history yet.
        at: end of the newest run that is loaded for it; where it takes in none, the
            time counts.
        command: what makes it.
        version: of Citehouse.
    """
    ((number,),) = con.execute(sql_text("history/next_number.sql")).fetchall()
    new = con.execute(sql_text("history/new_runs.sql")).fetchall()
    run_ids = tuple(run_id for (run_id,) in new)
    when = at if at and run_ids else dt.datetime.now(dt.UTC)
    return Publication(int(number), when, command, run_ids, version)


def log_change(
    con: duckdb.DuckDBPyConnection, publication: Publication, model: Model
) -> None:
    """Log the rows of a table that will go and come; see `warehouse.build.Changing`."""
    schema, _, name = model.table.partition(".")
    if schema not in LOGGED:
        return
    # What a run says of itself came with the run, and is found by it.
    has_run = "run_id" in model.grain
    own = {"run_ids": list(publication.run_ids)} if has_run else {}
    con.execute(
        sql_text(
            "history/log.sql",
            log=f"history.{schema}_{name}",
            is_logged="not list_contains($run_ids, run_id)" if has_run else "true",
        ),
        {"publication_no": publication.number} | own,
    )


def close(
    con: duckdb.DuckDBPyConnection,
    publication: Publication,
    written: Sequence[Written],
) -> bool:
    """Put down a publication with what it changed, and why, in one transaction.

    Call it when all models are built. A publication that takes in no run and changes
    no row of a logged table is none, and leaves no trace.

    Returns:
        Whether it is one.
    """
    changed = [
        one
        for one in written
        if one.table.partition(".")[0] in LOGGED and (one.added or one.removed)
    ]
    if not changed and not publication.run_ids:
        return False
    con.begin()
    try:
        con.execute(
            sql_text("history/publication.sql"),
            {
                "publication_no": publication.number,
                "published_at": publication.at,
                "command": publication.command,
                "run_id": max(publication.run_ids, default=None),
                "version": publication.version,
            },
        )
        for run_id in publication.run_ids:
            con.execute(
                sql_text("history/publication_run.sql"),
                {"run_id": run_id, "publication_no": publication.number},
            )
        if not publication.is_first:
            _put_down(con, publication, changed)
    except BaseException:
        con.rollback()
        raise
    con.commit()
    return True


def _put_down(
    con: duckdb.DuckDBPyConnection, publication: Publication, changed: Sequence[Written]
) -> None:
    for one in changed:
        con.execute(
            sql_text("history/table_change.sql"),
            {
                "publication_no": publication.number,
                "table_name": one.table,
                "added_count": one.added,
                "removed_count": one.removed,
                "kept_count": one.kept,
            },
        )
    number = {"publication_no": publication.number}
    for step in _EVENTS:
        con.execute(sql_text(f"history/{step}.sql"), number)
