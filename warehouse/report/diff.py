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
        WarehouseFault: there is no history yet, or no such run.
    """
    every = [Publication(**row) for row in _rows(con, "diff_publications", {})]
    if not every:
        raise WarehouseFault(
            "no history yet: it begins with the next run of this version of Citehouse"
        )
    chosen = _since(every, since)
    span = {
        "first_no": min((one.publication_no for one in chosen), default=None),
        "last_no": max((one.publication_no for one in chosen), default=None),
    }
    changes = [Change(**row) for row in _rows(con, "diff_changes", span)]
    return Diff(
        publications=tuple(chosen),
        last=every[-1],
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
    places = [at for at, one in enumerate(every) if since in one.run_ids]
    if not places:
        raise WarehouseFault(f"no run {since} is known; `from core.run` lists them")
    return every[places[0] + 1 :]


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]
) -> list[dict[str, Any]]:
    cursor = con.execute(named(query), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
