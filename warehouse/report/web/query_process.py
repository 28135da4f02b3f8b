"""Somebody's SQL in a process of its own, which can be ended and has little to lose.

The query can neither write nor read files (DuckDB's external access is off, and the
process may not make a file grow), has a cap on its memory and runs out of time.
"""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError


@dataclass(frozen=True)
class Limits:
    """What a query may cost.

    Attributes:
        time_s: from its start to its last row.
        row_count: rows that are shown; the rest is cut off and said to be.
        cell_chars: characters of a value.
        memory_mb: of DuckDB, for all that the query holds.
        at_once: queries that run side by side; others wait.
        waiting: that wait; who comes after them is sent away, for each one holds a
            thread of the server, which the pages need, too.
    """

    time_s: float = 10.0
    row_count: int = 1_000
    cell_chars: int = 2_000
    memory_mb: int = 128
    sql_chars: int = 20_000
    at_once: int = 2
    waiting: int = 2


LIMITS: Final = Limits()

_turns: Final = threading.BoundedSemaphore(LIMITS.at_once)
_places: Final = threading.BoundedSemaphore(LIMITS.at_once + LIMITS.waiting)


class Answer(BaseModel):
    """What a query gave.

    Attributes:
        columns, types: names and DuckDB's types.
        rows: values as JSON; numbers too large for it, dates and others as text.
        is_cut: there are more rows than these, or longer texts.
        error: why there are none; None: it ran.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    is_cut: bool = False
    error: str | None = None


def ask(home: Path, sql: str, limits: Limits = LIMITS) -> Answer:
    """Run one query on the published warehouse; never raises for what it says.

    Args:
        home: of the warehouse.
        sql: one statement that returns rows.
        limits: what it may cost.
    """
    if not _places.acquire(blocking=False):
        return Answer(error="Too many queries run at once here; try again soon.")
    try:
        with _turns:
            return _run(home, sql, limits)
    finally:
        _places.release()


def _run(home: Path, sql: str, limits: Limits) -> Answer:
    asked = json.dumps({"home": str(home), "sql": sql, **vars(limits)})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "warehouse.report.web.query_child"],
            input=asked.encode(),
            capture_output=True,
            timeout=limits.time_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Answer(
            error=f"The query ran longer than {limits.time_s:g} seconds and was"
            " ended. `citehouse query` on the command line has no such limit."
        )
    try:
        return Answer.model_validate_json(done.stdout)
    except ValidationError:
        return Answer(
            error=f"The query was ended (exit code {done.returncode}): it needed more"
            f" than {limits.memory_mb} MB, or more than a process may take."
        )
