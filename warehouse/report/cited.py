"""All that is published about one cited work."""

from typing import Any, Final

import duckdb

from schemas.cited_report import (
    AsOf,
    CitedReport,
    Identifier,
    LedgerLine,
    ReportedAbstract,
    ReportedChange,
    ReportedNotice,
    ReportedReference,
)
from schemas.citing_side import CitingCounts, SectionCount, YearTypeCount
from schemas.report import SourceCount
from schemas.slice import View
from warehouse.errors import NotHeld
from warehouse.report.side import lay_out
from warehouse.report.slicing import sliced
from warehouse.rows import named_rows

WHOLE = View()
"""The whole citing side, newest citing works first."""

CHANGES_SHOWN: Final = 20


def cited_report(
    con: duckdb.DuckDBPyConnection, doi: str, view: View = WHOLE
) -> CitedReport:
    """The report of the cited work that a DOI names.

    Args:
        con: to a published warehouse.
        doi: normalised; the one that was asked about or another DOI of that work.
        view: what is shown of the citing side.

    Raises:
        NotHeld: the warehouse was never asked about this work, though it may know it
            as a citing work.
        ValueError: as `sliced`.
    """
    base = described_work(con, doi)
    if base.work_id is not None:
        lay_out(con, base.work_id)
    return with_view(con, base, view)


def with_view(
    con: duckdb.DuckDBPyConnection, base: CitedReport, view: View
) -> CitedReport:
    """A report with what a view shows of the citing side.

    Args:
        con: the connection in which `lay_out` has laid out the citing side.
        base: the report of the same work, of any view or none.
        view: what is shown.
    """
    if base.work_id is None:
        return base.model_copy(update={"view": view})
    shown = vars(sliced(con, base.work_id, base.doi, view)).copy()
    if base.state != "known":
        shown |= {"slice_counts": None, "facets": ()}
    return base.model_copy(update={"view": view, **shown})


def described_work(con: duckdb.DuckDBPyConnection, doi: str) -> CitedReport:
    """The report without what a view shows: no facets, citing works or statements.

    Raises:
        NotHeld: as `cited_report`.
    """
    found = _rows(con, "report_cited", {"doi": doi})
    if not found:
        raise NotHeld(doi)
    head = found[0]
    counted = {name: head.pop(name) for name in CitingCounts.model_fields}
    work = {"work_id": head["work_id"]}
    authors = tuple(row["name"] for row in _rows(con, "report_authors", work))
    newest = _rows(con, "report_as_of", {})
    # At most one: without a text where it may not be shown.
    abstracts = _rows(con, "report_abstract", work)
    shown = [ReportedAbstract(**row) for row in abstracts if row["text"] is not None]
    return CitedReport(
        asked_as=doi,
        counts=CitingCounts(**counted),
        authors=authors or None,
        abstract=next(iter(shown), None),
        abstract_withheld=bool(abstracts) and not shown,
        notices=tuple(
            ReportedNotice(**row) for row in _rows(con, "report_notices", work)
        ),
        by_year_and_type=tuple(
            YearTypeCount(**row)
            for row in _rows(con, "report_by_year_and_type", {"doi": head["doi"]})
        ),
        sources={
            row.pop("source"): SourceCount(**row)
            for row in _rows(con, "report_sources", work)
        },
        ledger=tuple(
            LedgerLine(**row)
            for row in _rows(con, "report_ledger", {"doi": head["doi"]})
        ),
        recent_changes=tuple(
            ReportedChange(**row)
            for row in _rows(con, "report_changes", work | {"row_limit": CHANGES_SHOWN})
        ),
        by_section=tuple(
            SectionCount(**row)
            for row in _rows(con, "report_by_section", {"doi": head["doi"]})
        ),
        references=tuple(
            ReportedReference(**row) for row in _rows(con, "report_references", work)
        ),
        identifiers=tuple(
            Identifier(**row) for row in _rows(con, "report_identifiers", work)
        ),
        as_of=AsOf(**newest[0]) if newest else None,
        **head,
    )


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]
) -> list[dict[str, Any]]:
    return named_rows(con, f"queries/{query}.sql", parameters)
