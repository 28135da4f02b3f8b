"""Opening the published warehouse, and the file that a writer builds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from warehouse.errors import DamagedWarehouse, WarehouseFault
from warehouse.migrate import schema_gap
from warehouse.sqlfile import sql_text

LINK_NAME: Final = "citehouse.duckdb"
"""In the home: a symbolic link to the published generation."""

STORAGE_VERSION: Final = "v1.5.0"
"""DuckDB 1.5 clients read such files; files of DuckDB 2's own version they refuse."""

READER_MEMORY: Final = "2GB"


def open_readonly(
    home: Path,
    *,
    memory_limit: str = READER_MEMORY,
    any_schema: bool = False,
    threads: int | None = None,
) -> duckdb.DuckDBPyConnection:
    """A connection to the published generation; it never meets the writer's lock.

    The connection keeps its generation while newer ones are published. SQL on it can
    neither read nor write files.

    Args:
        home: of the warehouse.
        memory_limit: DuckDB's cap, in its notation.
        any_schema: take a file of another version of Citehouse, too, whose tables may
            be others.
        threads: that DuckDB works with; None: one for each core.

    Raises:
        WarehouseFault: nothing has been published in this home, the file cannot be
            opened, or its schema is that of another version of Citehouse.
    """
    path = published_file(home)
    if path is None:
        raise nothing_published(home)
    # All readers of a process share DuckDB's instance of a file and so its settings.
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "enable_external_access": "false",
    }
    if threads is not None:
        config["threads"] = threads
    try:
        con = duckdb.connect(path, read_only=True, config=config)
    except duckdb.Error as err:
        raise WarehouseFault(
            f"cannot open {path}: {err}; if it is damaged, `citehouse rebuild` makes it"
            " anew"
        ) from err
    con.execute(sql_text("session.sql"))
    if not any_schema and (gap := schema_gap(con)):
        con.close()
        raise _other_version(path, gap)
    return con


@contextmanager
def reading(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """As `open_readonly`, for many questions: what is damaged inside is a fault, too.

    Raises:
        WarehouseFault: as `open_readonly`; or a part of the file cannot be read.
    """
    try:
        with open_readonly(home) as con:
            yield con
    except duckdb.Error as err:
        raise _unreadable(home, err) from err


def can_be_carried_on(home: Path) -> bool:
    """Whether there is a published file that a next generation can begin with.

    None is published, it is gone or damaged, or it is of a newer version: it is not.
    """
    try:
        if published_file(home) is None:
            return False
        with open_readonly(home, any_schema=True) as con:
            return schema_gap(con) >= 0
    except (WarehouseFault, duckdb.Error):
        return False


def is_behind(home: Path) -> bool:
    """Whether an older version of Citehouse published what is there.

    Raises:
        WarehouseFault: the published file cannot be opened.
    """
    if published_file(home) is None:
        return False
    with open_readonly(home, any_schema=True) as con:
        return schema_gap(con) > 0


def _other_version(path: Path, gap: int) -> WarehouseFault:
    if gap < 0:
        return WarehouseFault(
            f"{path} was published by a newer version of Citehouse, which this one "
            "cannot read: upgrade Citehouse"
        )
    return WarehouseFault(
        f"{path} was published by an older version of Citehouse: `citehouse rebuild`, "
        "or the next `citehouse refresh`, brings it up to date; `citehouse query` reads"
        " it as it is"
    )


def nothing_published(home: Path) -> WarehouseFault:
    """The error of whoever needs a warehouse where there is none; says what next."""
    if not home.is_dir():
        return WarehouseFault(
            f"no warehouse in {home}, there is no such folder: check --home and "
            "CITEHOUSE_HOME, or run `citehouse refresh DOI` first"
        )
    return WarehouseFault(
        f"no warehouse in {home}: run `citehouse refresh DOI` first, or "
        "`citehouse rebuild` if there is an archive"
    )


def open_building(
    path: Path, *, memory_limit: str, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """A writing connection to a file that nobody else opens; creates it if need be."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "storage_compatibility_version": STORAGE_VERSION,
    }
    if threads is not None:
        config["threads"] = threads
    con = duckdb.connect(path, config=config)
    con.execute(sql_text("session.sql"))
    return con


def published_file(home: Path) -> Path | None:
    """The file of the published generation; None if there is none.

    Raises:
        WarehouseFault: the link points to a file that is gone, or is not a link.
    """
    link = home / LINK_NAME
    refuse_foreign_file(home)
    if not link.is_symlink():
        return None
    if not link.exists():
        raise WarehouseFault(
            f"{link} points to {link.readlink()}, which is gone: "
            "run `citehouse rebuild`"
        )
    return link.resolve()


def refuse_foreign_file(home: Path) -> None:
    """Raise a WarehouseFault where a file of its own is in the place of the link.

    It may be the only copy of something: nobody replaces it but its owner.
    """
    link = home / LINK_NAME
    if link.exists() and not link.is_symlink():
        raise WarehouseFault(
            f"{link} is a file of its own and not a link to a generation: move it "
            "away, then run `citehouse rebuild`"
        )


def known_agencies(home: Path) -> dict[str, str | None]:
    """DOI prefix to registration agency, as far as earlier runs asked.

    None: there is no such prefix. Empty if nothing has been published yet.

    Raises:
        WarehouseFault: the published file cannot be opened.
    """
    if published_file(home) is None:
        return {}
    with open_readonly(home, any_schema=True) as con:
        return dict(con.execute(sql_text("queries/known_agencies.sql")).fetchall())


def published_runs(home: Path) -> set[str]:
    """The runs that the published file has taken in; none if there is no such file.

    Raises:
        WarehouseFault: the published file cannot be opened.
    """
    if published_file(home) is None:
        return set()
    try:
        with open_readonly(home, any_schema=True) as con:
            rows = con.execute(sql_text("load/loaded_runs.sql")).fetchall()
    except duckdb.Error as err:
        raise _unreadable(home, err) from err
    return {run_id for (run_id,) in rows}


def _unreadable(home: Path, err: Exception) -> DamagedWarehouse:
    return DamagedWarehouse(
        f"{home / LINK_NAME} cannot be read ({err}): `citehouse rebuild` makes it anew"
    )
