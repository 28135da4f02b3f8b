"""What has changed in the shapes of the sources' answers, as the warehouse has it."""

import duckdb

from schemas.drift import Drift
from warehouse.query import named


def drift(con: duckdb.DuckDBPyConnection) -> list[Drift]:
    """Every finding of every run, by source, endpoint, kind and name; may be empty."""
    cursor = con.execute(named("drift"))
    columns = [column[0] for column in cursor.description or ()]
    return [Drift(**dict(zip(columns, row, strict=True))) for row in cursor.fetchall()]


def new_drift(con: duckdb.DuckDBPyConnection, run_id: str) -> list[Drift]:
    """The findings that no earlier run has."""
    return [found for found in drift(con) if found.first_run == run_id]
