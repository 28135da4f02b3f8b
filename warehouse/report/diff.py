"""What has changed between publications, read from the history."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import duckdb

from schemas.history import Change, Diff, Publication
from warehouse.errors import WarehouseFault
from warehouse.query import named


def diff(
    con: duckdb.DuckDBPyConnection,
    since: dt.datetime | str | None = None,
    *,
    cited: Collection[str] = (),
) -> Diff:
    """The changes of the publications since a moment, or of the last one alone.

    Args:
        con: to the published warehouse.
        since: publications from this moment on; those after that of a run, by its id;
            None: the last publication.
        cited: only what concerns these cited DOIs; none: all.

    Raises:
        WarehouseFault: there is no publication since then, or no such run.
    """
    every = [Publication(**row) for row in _rows(con, "diff_publications", {})]
    chosen = _since(every, since)
    if not chosen:
        raise _nothing_since(every, since)
    span = {
        "first_no": chosen[0].publication_no,
        "last_no": chosen[-1].publication_no,
    }
    changes = [Change(**row) for row in _rows(con, "diff_changes", span)]
    return Diff(
        since=chosen[0],
        until=chosen[-1],
        publication_count=len(chosen),
        changes=tuple(
            one for one in changes if not cited or one.cited_doi in set(cited)
        ),
    )


def _since(
    every: list[Publication], since: dt.datetime | str | None
) -> list[Publication]:
    if since is None:
        return every[-1:]
    if isinstance(since, dt.datetime):
        return [one for one in every if one.published_at >= since]
    places = [at for at, one in enumerate(every) if one.run_id == since]
    return every[places[0] + 1 :] if places else []


def _nothing_since(
    every: list[Publication], since: dt.datetime | str | None
) -> WarehouseFault:
    if not every:
        return WarehouseFault(
            "no history yet: it begins with the next run of this version of Citehouse"
        )
    last = every[-1]
    return WarehouseFault(
        f"nothing was published since {since}: the last publication is of "
        f"{last.published_at:%Y-%m-%d %H:%M} UTC (run {last.run_id})"
    )


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]
) -> list[dict[str, Any]]:
    cursor = con.execute(named(query), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
