"""The schema of a warehouse file: numbered SQL files, each applied once, in order."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

import duckdb

from warehouse.errors import DamagedWarehouse, WarehouseFault
from warehouse.sqlfile import sql_files, sql_text

_NAME: Final = re.compile(r"^(\d{4})_\w+\.sql$")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of ``sql/migrations``; versions count from 1 without gaps."""

    version: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Of the file's text, hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def migrations() -> list[Migration]:
    """All migrations that this version has, in order.

    Raises:
        WarehouseFault: a name has no number, or the numbers are not 1, 2, 3, ...
    """
    found = []
    for name, text in sql_files("migrations").items():
        match = _NAME.match(name)
        if not match:
            raise WarehouseFault(f"migration {name}: expected NNNN_name.sql")
        found.append(Migration(int(match.group(1)), name, text))
    versions = [migration.version for migration in found]
    if versions != list(range(1, len(found) + 1)):
        raise WarehouseFault(f"migrations {versions}: a number is missing or twice")
    return found


def migrate(
    con: duckdb.DuckDBPyConnection, available: list[Migration] | None = None
) -> list[Migration]:
    """Bring a file to the newest schema; returns what was applied, in order.

    Each migration is a transaction of its own and is recorded in ``core.migration``.

    Args:
        con: a writing connection.
        available: other migrations than the package's own; for tests.

    Raises:
        WarehouseFault: the file was written by a newer version, or a migration that it
            has was changed since.
    """
    known = migrations() if available is None else available
    applied = _applied(con)
    _check_past(applied, known)
    waiting = known[len(applied) :]
    for migration in waiting:
        con.begin()
        try:
            con.execute(migration.text)
            con.execute(
                sql_text("migrate/record.sql"),
                {
                    "version": migration.version,
                    "name": migration.name,
                    "sha256": migration.sha256,
                },
            )
        except BaseException:
            con.rollback()
            raise
        con.commit()
    return waiting


def schema_gap(con: duckdb.DuckDBPyConnection) -> int:
    """Migrations that a file lacks; below 0: it has so many that this version lacks."""
    return len(migrations()) - len(_applied(con))


def _applied(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str]]:
    (is_there,) = con.execute(sql_text("migrate/is_there.sql")).fetchall()[0]
    if not is_there:
        return []
    return con.execute(sql_text("migrate/applied.sql")).fetchall()


def _check_past(applied: list[tuple[int, str, str]], known: list[Migration]) -> None:
    if len(applied) > len(known):
        raise WarehouseFault(
            f"the warehouse has migration {applied[-1][1]}, which this version of "
            "Citehouse does not know: upgrade Citehouse"
        )
    for (version, name, sha256), migration in zip(applied, known, strict=False):
        if (version, sha256) != (migration.version, migration.sha256):
            raise DamagedWarehouse(
                f"migration {name} was changed after it was applied: "
                "restore it and add a new one, or run `citehouse rebuild`"
            )
