"""What a run did, as the published warehouse says it."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from schemas.provenance import RecordError
from schemas.report import (
    MAX_REJECTS_SHOWN,
    CitedSummary,
    RejectCount,
    RejectSample,
    SourceCount,
    SourceSummary,
)
from warehouse.query import named


@dataclass(frozen=True)
class RunFacts:
    """The parts of a run's report that stand in the warehouse; see `RunReport`."""

    sources: tuple[SourceSummary, ...]
    cited: tuple[CitedSummary, ...]
    full_texts: Mapping[str, int]
    full_text_citations: Mapping[str, int]
    rejects: tuple[RejectSample, ...]
    reject_counts: tuple[RejectCount, ...]


def run_facts(con: duckdb.DuckDBPyConnection, run_id: str) -> RunFacts:
    """The facts of one run; an unknown run has none."""
    run = {"run_id": run_id}
    by_cited: defaultdict[str, dict[str, SourceCount]] = defaultdict(dict)
    for row in _rows(con, "run_counts", run):
        doi, source = row.pop("cited_doi"), row.pop("source")
        by_cited[doi][source] = SourceCount(**row)
    return RunFacts(
        sources=tuple(
            SourceSummary(title=row["source"], **row)
            for row in _rows(con, "run_sources", run)
        ),
        cited=tuple(
            CitedSummary(sources=by_cited[row["cited_doi"]], **row)
            for row in _rows(con, "run_cited", run)
        ),
        full_texts={
            row["outcome"]: row["text_count"]
            for row in _rows(con, "run_full_texts", run)
        },
        full_text_citations={
            row["outcome"]: row["citation_count"]
            for row in _rows(con, "run_full_text_citations", run)
        },
        rejects=tuple(
            _reject(row)
            for row in _rows(con, "run_rejects", run | {"row_limit": MAX_REJECTS_SHOWN})
        ),
        reject_counts=tuple(
            RejectCount(**row) for row in _rows(con, "run_reject_counts", run)
        ),
    )


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]
) -> list[dict[str, Any]]:
    cursor = con.execute(named(query), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _reject(row: dict[str, Any]) -> RejectSample:
    errors = tuple(RecordError(**error) for error in json.loads(row.pop("errors")))
    return RejectSample(errors=errors, **row)
