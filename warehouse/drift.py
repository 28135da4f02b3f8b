"""Drift of the sources' shapes: which answers to look at, and what was found."""

from collections.abc import Sequence
from typing import Final

import duckdb
import pyarrow as pa

from schemas.drift import DriftFinding
from warehouse.query import named
from warehouse.sqlfile import sql_text

ANSWERS: Final = 20
"""Of one source, endpoint and run: with 50 records each, a field that one record in a
hundred has is found all but surely, in well under a second for all sources."""

_COLUMNS: Final = pa.schema(
    [
        pa.field("run_id", pa.string()),
        pa.field("source", pa.string()),
        pa.field("endpoint", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("name", pa.string()),
        pa.field("record_count", pa.int64()),
        pa.field("sampled_record_count", pa.int64()),
        pa.field("request_key", pa.string()),
    ]
)


def drift_sample(con: duckdb.DuckDBPyConnection, run_id: str) -> list[tuple[str, str]]:
    """Source and request key of the answers of a loaded run to look at.

    By source and request key; the same ones in every rebuild. Empty if the run has no
    answer that holds anything.
    """
    parameters = {"run_id": run_id, "answers": ANSWERS}
    return con.execute(named("drift_sample"), parameters).fetchall()


def write_drift(
    con: duckdb.DuckDBPyConnection, run_id: str, found: Sequence[DriftFinding]
) -> None:
    """Replace what is known of the drift in one run.

    Args:
        con: a writing connection to a migrated file.
        run_id: the run.
        found: its findings; none, no rows.
    """
    rows = [{"run_id": run_id, **finding.model_dump()} for finding in found]
    con.begin()
    try:
        con.register("incoming_drift", pa.Table.from_pylist(rows, schema=_COLUMNS))
        con.register("incoming_drift_run", pa.table({"run_id": [run_id]}))
        con.execute(sql_text("load/source_drift.sql"))
    except BaseException:
        con.rollback()
        raise
    con.commit()
    con.unregister("incoming_drift")
    con.unregister("incoming_drift_run")
