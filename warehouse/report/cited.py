"""All that is published about one cited work."""

from typing import Any

import duckdb

from schemas.cited_report import (
    AsOf,
    CitedReport,
    CitingCounts,
    Identifier,
    ReportedNotice,
    ReportedReference,
    ReportedStatement,
    SectionCount,
    YearTypeCount,
)
from schemas.report import SourceCount
from warehouse.sqlfile import sql_text


class NotHeld(LookupError):
    """Nobody has asked this warehouse about the DOI; its text is the DOI."""


def cited_report(con: duckdb.DuckDBPyConnection, doi: str) -> CitedReport:
    """The report of the cited work that a DOI names.

    Args:
        con: to a published warehouse.
        doi: normalised; the one that was asked about or another DOI of that work.

    Raises:
        NotHeld: the warehouse was never asked about this work, though it may know it
            as a citing work.
    """
    found = _rows(con, "report_cited", {"doi": doi})
    if not found:
        raise NotHeld(doi)
    head = found[0]
    counted = {name: head.pop(name) for name in CitingCounts.model_fields}
    work = {"work_id": head["work_id"]}
    authors = tuple(row["name"] for row in _rows(con, "report_authors", work))
    newest = _rows(con, "report_as_of", {})
    return CitedReport(
        asked_as=doi,
        counts=CitingCounts(**counted),
        authors=authors or None,
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
        by_section=tuple(
            SectionCount(**row)
            for row in _rows(con, "report_by_section", {"doi": head["doi"]})
        ),
        statements=tuple(
            ReportedStatement(**row)
            for row in _rows(con, "statements", work | {"statement_ids": None})
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
    con: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, str]
) -> list[dict[str, Any]]:
    cursor = con.execute(sql_text(f"queries/{query}.sql"), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
