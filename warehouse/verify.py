"""verify: does what is published add up? Read only, and without the archive."""

from typing import Any, Final

import duckdb

from schemas.verification import Audited, Sum, VerdictCount
from warehouse.check import CheckFailure, run_checks
from warehouse.query import named
from warehouse.sqlfile import header, sql_files

UNEXPLAINED: Final = "ledger_is_explained"
"""A warning when a run is published, for it must not hold up the night; here it counts:
an audit asks whether every number is accounted for."""

_ADVICE: Final = (
    "run `citehouse rebuild` to make the tables again from the archive; if it stays, "
    "please report it with the rows above"
)
_UNEXPLAINED_ADVICE: Final = (
    "the answers behind these rows are in core.fetch under the same run_id and source; "
    "docs/ledger.md says how to read them"
)


def checked(con: duckdb.DuckDBPyConnection) -> list[Audited]:
    """Every check of ``sql/checks`` with the rows that break it, ordered by name.

    Args:
        con: to a published warehouse; may be read only.
    """
    broken = {failure.name: failure for failure in run_checks(con)}
    ((ledger_rows,),) = con.execute(named("verify_ledger")).fetchall()
    return [
        _audited(
            name,
            text,
            broken.get(name),
            examined=int(ledger_rows) if name == UNEXPLAINED else None,
        )
        for name, text in (
            (path.removesuffix(".sql"), text)
            for path, text in sql_files("checks").items()
        )
    ]


def sums(con: duckdb.DuckDBPyConnection) -> list[Sum]:
    """Law 2 in numbers, by run and source."""
    return [Sum(**row) for row in _rows(con, "verify_sums")]


def verdicts(con: duckdb.DuckDBPyConnection) -> list[VerdictCount]:
    """How the lists were closed, by source, role and verdict."""
    return [VerdictCount(**row) for row in _rows(con, "verify_verdicts")]


def finished_runs(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The runs that were loaded after their end, in order, with their answers."""
    return dict(con.execute(named("verify_runs")).fetchall())


def answer_checksums(
    con: duckdb.DuckDBPyConnection, run_id: str
) -> dict[tuple[str, str], str]:
    """By source and request key, the checksum of each answer of a run."""
    rows = con.execute(named("verify_answers"), {"run_id": run_id}).fetchall()
    return {(source, key): sha256 for source, key, sha256 in rows}


def _audited(
    name: str, text: str, failure: CheckFailure | None, *, examined: int | None
) -> Audited:
    is_unexplained = name == UNEXPLAINED
    if failure is None:
        return Audited(
            name=name,
            says=" ".join(header(text).partition("Level:")[0].split()),
            is_fatal=is_unexplained or "Level: fail" in header(text),
            examined=examined,
        )
    return Audited(
        name=name,
        says=failure.says,
        is_fatal=is_unexplained or failure.level == "fail",
        examined=examined,
        row_count=failure.row_count,
        columns=failure.columns,
        sample=failure.sample,
        advice=_UNEXPLAINED_ADVICE if is_unexplained else _ADVICE,
    )


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = con.execute(named(query))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
