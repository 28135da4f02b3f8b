"""From a count to its rows, and from an edge to the records that say so (law 7)."""

from collections import defaultdict
from typing import Any

import duckdb

from schemas.trace import (
    CountTrace,
    EdgeTrace,
    Provenance,
    TracedAnswer,
    TracedCiting,
    TracedConflict,
    TracedRecord,
    TracedSource,
    TracedWork,
)
from warehouse.query import named
from warehouse.report.cited import described_work


class UnknownWork(LookupError):
    """No record and nobody's question has this identifier; its text is the token."""


def work_named(con: duckdb.DuckDBPyConnection, token: str) -> TracedWork:
    """The work that an identifier names.

    Raises:
        UnknownWork: the warehouse has never met the identifier.
    """
    found = _rows(con, "trace_work", {"name": token})
    if not found:
        raise UnknownWork(token)
    return TracedWork(**found[0])


def count_trace(con: duckdb.DuckDBPyConnection, doi: str) -> CountTrace:
    """The number of citing works of a cited DOI, taken apart.

    Args:
        con: to a published warehouse.
        doi: normalised; any DOI of the work.

    Raises:
        NotHeld: nobody has asked about the work.
    """
    report = described_work(con, doi)
    work = work_named(con, f"doi:{doi}")
    this = {"work_id": work.work_id}
    answers: defaultdict[str, list[TracedAnswer]] = defaultdict(list)
    for row in _rows(con, "trace_answers", this):
        answers[row["source"]].append(TracedAnswer(**row))
    return CountTrace(
        work=work,
        cited_doi=report.doi,
        state=report.state,
        citing_work_count=report.counts.citing_work_count,
        citing=tuple(TracedCiting(**row) for row in _rows(con, "trace_citing", this)),
        sources=tuple(
            TracedSource(**row, answers=tuple(answers[row["source"]]))
            for row in _rows(con, "trace_sources", this)
        ),
    )


def cited_by(con: duckdb.DuckDBPyConnection, doi: str) -> list[str]:
    """The DOIs asked about that a work cites, most cited first; empty if none is known.

    Args:
        con: to a published warehouse.
        doi: of the citing work, normalised.
    """
    return [row["doi"] for row in _rows(con, "trace_cited_by", {"name": f"doi:{doi}"})]


def edge_trace(con: duckdb.DuckDBPyConnection, cited: str, citing: str) -> EdgeTrace:
    """One citation, taken apart; or why there is none.

    Args:
        con: to a published warehouse.
        cited: any identifier of the cited work, as a token.
        citing: likewise of the citing work.

    Raises:
        UnknownWork: the warehouse has never met one of the two.
    """
    ends = work_named(con, cited), work_named(con, citing)
    edge = {"cited": ends[0].work_id, "citing": ends[1].work_id}
    counted = _rows(con, "trace_edge", edge)
    records = tuple(_record(row) for row in _rows(con, "trace_evidence", edge))
    told = counted[0] if counted else {}
    return EdgeTrace(
        cited=ends[0],
        citing=ends[1],
        is_counted=bool(counted),
        why=_why(ends[0], ends[1], records, is_counted=bool(counted)),
        is_self_citation=told.get("is_self_citation"),
        self_citation_method=told.get("self_citation_method"),
        shared_authors=tuple(
            row["shared"] for row in _rows(con, "trace_shared_authors", edge)
        ),
        provenance=tuple(
            Provenance(**row)
            for row in _rows(con, "trace_provenance", {"work_id": ends[1].work_id})
        ),
        records=records,
        conflicts=tuple(
            TracedConflict(**row)
            for row in _rows(con, "trace_conflicts", {"work_id": ends[1].work_id})
        ),
    )


def _record(row: dict[str, Any]) -> TracedRecord:
    answer = {name: row[name] for name in TracedAnswer.model_fields if name in row}
    own = {name: row[name] for name in TracedRecord.model_fields if name in row}
    return TracedRecord(**own, answer=TracedAnswer(**answer))


def _why(
    cited: TracedWork,
    citing: TracedWork,
    records: tuple[TracedRecord, ...],
    *,
    is_counted: bool,
) -> str:
    standing = [one for one in records if one.withdrawn_in_run_id is None]
    if is_counted:
        sources = sorted({one.source for one in standing if not one.is_loop})
        return f"it counts: {', '.join(sources)} say so"
    if cited.work_id == citing.work_id:
        return "it does not count: both identifiers name the same work"
    if cited.version_group_id == citing.version_group_id:
        return "it does not count: the two are versions of one work"
    if records and not standing:
        run = max(one.withdrawn_in_run_id or "" for one in records)
        return f"it no longer counts: withdrawn by every source, last in run {run}"
    return "it does not count: no source says that the one cites the other"


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, str]
) -> list[dict[str, Any]]:
    cursor = con.execute(named(query), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
