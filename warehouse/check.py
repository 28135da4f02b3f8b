"""check: questions whose right answer is no row, asked before publishing."""

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

import duckdb

from warehouse.errors import WarehouseFault
from warehouse.sqlfile import header, sql_files

Level = Literal["fail", "warn"]

SAMPLE_ROWS: Final = 5
_LEVEL: Final = re.compile(r"^Level: (fail|warn)$", re.MULTILINE)
_BATCH_ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class CheckFailure:
    """A check that found something.

    Attributes:
        name: of the file in ``sql/checks``, without its ending.
        level: ``fail``: do not publish; ``warn``: publish and say so.
        says: what should hold, in a sentence.
        row_count: rows that break it.
        columns, sample: some of them, at most `SAMPLE_ROWS`.
    """

    name: str
    level: Level
    says: str
    row_count: int
    columns: tuple[str, ...]
    sample: tuple[tuple[Any, ...], ...]


def run_checks(
    con: duckdb.DuckDBPyConnection, checks: dict[str, str] | None = None
) -> list[CheckFailure]:
    """What does not hold in this file, ordered by name; empty if all is well.

    Args:
        con: any connection to a built file.
        checks: file name to text instead of the package's own; for tests.

    Raises:
        WarehouseFault: a check's header has no level.
    """
    asked = sql_files("checks") if checks is None else checks
    found = (_run(con, name, text) for name, text in asked.items())
    return [failure for failure in found if failure]


def _run(con: duckdb.DuckDBPyConnection, path: str, text: str) -> CheckFailure | None:
    name = path.removesuffix(".sql")
    top = header(text)
    level = _LEVEL.search(top)
    if not level:
        raise WarehouseFault(f"check {name}: the header has no `Level: fail|warn`")
    answer = con.execute(text)
    columns = tuple(column[0] for column in answer.description or ())
    sample = answer.fetchmany(SAMPLE_ROWS)
    if not sample:
        return None
    row_count = len(sample)
    while more := answer.fetchmany(_BATCH_ROWS):
        row_count += len(more)
    return CheckFailure(
        name=name,
        level="fail" if level.group(1) == "fail" else "warn",
        says=" ".join(_LEVEL.sub("", top).split()),
        row_count=row_count,
        columns=columns,
        sample=tuple(sample),
    )
