"""A slice of a cited work's citing side: counts, facets, and a page of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pyarrow as pa

from schemas.citing_side import (
    CitingWork,
    CitingWorksOfYear,
    ReportedStatement,
    StatementsOfYear,
)
from schemas.slice import FACETS, STATEMENT_FACETS, Facet, FacetValue, SliceCounts, View
from warehouse.rows import named_rows
from warehouse.search import matching_statements
from warehouse.sqlfile import sql_text

_MANY_VALUED: Final = frozenset({"author", "source"})
"""Facets in which a citing work may have several values."""


@dataclass(frozen=True)
class Sliced:
    """What a view shows; the fields are those of `CitedReport`."""

    slice_counts: SliceCounts
    facets: tuple[Facet, ...]
    citing_works: tuple[CitingWork, ...]
    statements: tuple[ReportedStatement, ...]
    works_by_year: tuple[CitingWorksOfYear, ...]
    statements_by_year: tuple[StatementsOfYear, ...]


def sliced(
    con: duckdb.DuckDBPyConnection, work_id: str, doi: str, view: View
) -> Sliced:
    """What a view shows of the citing side that `lay_out` has laid out.

    Args:
        con: the connection with that side in its temporary tables.
        work_id: of the cited work.
        doi: likewise.
        view: the slice, and the page of it.

    Raises:
        ValueError: there are words to look for, but none in them.
        WarehouseFault: words are looked for, and the warehouse has no index of them.
    """
    _apply(con, work_id, view)
    page = _page(con, view)
    return Sliced(
        slice_counts=SliceCounts(**named_rows(con, "report/slice_counts.sql")[0]),
        facets=_facets(con, view),
        citing_works=tuple(
            CitingWork(**row)
            for row in named_rows(
                con, "report/shown_works.sql", {"citing_work_ids": page}
            )
        ),
        statements=tuple(
            ReportedStatement(**row)
            for row in named_rows(
                con,
                "report/shown_statements.sql",
                {"citing_work_ids": page, "cited_doi": doi},
            )
        ),
        works_by_year=tuple(
            CitingWorksOfYear(**row)
            for row in named_rows(con, "report/year_by_type.sql")
        ),
        statements_by_year=tuple(
            StatementsOfYear(**row)
            for row in named_rows(con, "report/stance_by_year_and_section.sql")
        ),
    )


def slice_rows(
    con: duckdb.DuckDBPyConnection, work_id: str, doi: str, view: View
) -> pa.Table:
    """All that a view lists: the fields of `ReportedStatement`, or of `CitingWork`.

    Args and errors as of `sliced`. Rows in the order of the view; none: an empty table.
    """
    _apply(con, work_id, view)
    ids: dict[str, Any] = {"citing_work_ids": _page(con, view)}
    if view.shown == "works":
        query = "report/shown_works.sql"
    else:
        query, ids = "report/shown_statements.sql", {**ids, "cited_doi": doi}
    return con.execute(sql_text(query), ids).to_arrow_table()


def _apply(con: duckdb.DuckDBPyConnection, work_id: str, view: View) -> None:
    """Hold every citing work and statement against the choice."""
    pairs = [
        (facet, value)
        for facet, values in sorted(view.slice.chosen.items())
        for value in values
    ]
    found: Sequence[str] = ()
    looked_for = bool(view.slice.words)
    if view.slice.words:
        _, found = matching_statements(con, view.slice.words, work_id)
    by_statement = looked_for or any(
        values and facet in STATEMENT_FACETS
        for facet, values in view.slice.chosen.items()
    )
    _run(
        con,
        "chosen",
        facets=[facet for facet, _ in pairs],
        values=[value for _, value in pairs],
    )
    _run(con, "found", statement_ids=list(found))
    _run(con, "sliced_statement", looked_for=looked_for)
    _run(con, "sliced_work", by_statement=by_statement)


def _page(con: duckdb.DuckDBPyConnection, view: View) -> list[str]:
    _run(con, "declared" if view.ordering == "most_cited" else "undeclared")
    rows = named_rows(
        con,
        "report/page.sql",
        {
            "ordering": view.ordering,
            "stated_only": view.shown == "statements",
            "limit": view.limit,
            "offset": view.offset,
        },
    )
    return [row["citing_work_id"] for row in rows]


def _facets(con: duckdb.DuckDBPyConnection, view: View) -> tuple[Facet, ...]:
    _run(con, "facet_unit")
    _run(con, "facet_shown", facet_limit=view.facet_limit)
    values: dict[str, list[FacetValue]] = {name: [] for name in FACETS}
    for row in named_rows(con, "report/facet_values.sql"):
        values[row.pop("facet")].append(FacetValue(**row))
    sums = {row.pop("facet"): row for row in named_rows(con, "report/facet_sums.sql")}
    none = {"population": 0, "counted": 0, "excluded": 0, "value_count": 0}
    unstated = named_rows(con, "report/unstated.sql")[0]["unstated_work_count"]
    return tuple(
        Facet(
            name=name,
            unit="statement" if name in STATEMENT_FACETS else "citing_work",
            is_exclusive=name not in _MANY_VALUED,
            unstated_work_count=unstated if name in STATEMENT_FACETS else None,
            values=tuple(values[name]),
            **sums.get(name, {**none, "not_shown": 0}),
        )
        for name in FACETS
    )


def _run(
    con: duckdb.DuckDBPyConnection,
    table: str,
    **parameters: Any,  # noqa: ANN401 - whatever the query takes
) -> None:
    con.execute(sql_text(f"report/{table}.sql"), parameters or None)
