"""Publishing: the next generation is built beside the published one, then swapped in.

    $CITEHOUSE_HOME/citehouse.lock                   held by the one writer
    $CITEHOUSE_HOME/generations/warehouse-RUN.duckdb.building
    $CITEHOUSE_HOME/generations/warehouse-RUN.duckdb
    $CITEHOUSE_HOME/citehouse.duckdb -> generations/warehouse-RUN.duckdb

The writer never opens the file that readers have open. The swap is one rename of a
symbolic link, so a reader finds the old or the new generation, whole, even if the
writer is killed at any point; what it left is cleared away by the next writer.

Old generations are deleted although a reader may still have one open: on POSIX systems
an open file stays readable after its name is gone. The newest one before the published
one is kept, for a reader that has followed the link but not yet opened the file, and
for going back by hand.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
from filelock import FileLock, Timeout

from warehouse.connection import (
    LINK_NAME,
    open_building,
    published_file,
    refuse_foreign_file,
)
from warehouse.errors import DamagedWarehouse, WarehouseFault
from warehouse.migrate import migrate
from warehouse.search_index import SUFFIX, index_of, write_index

LOCK_NAME: Final = "citehouse.lock"
FOLDER_NAME: Final = "generations"
KEPT_GENERATIONS: Final = 2
_BUILDING: Final = ".building"


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation in the making.

    Attributes:
        con: writes to it; commit before leaving the context.
        path: where it will be once it is published.
    """

    con: duckdb.DuckDBPyConnection
    path: Path


@contextmanager
def next_generation(
    home: Path,
    run_id: str,
    *,
    memory_limit: str = "2GB",
    threads: int | None = None,
    from_nothing: bool = False,
) -> Iterator[Generation]:
    """The next generation, a migrated copy of the published one, published on leaving.

    Leaving by an exception removes it; what was published stays as it is.

    Args:
        home: created if it is not there.
        run_id: names the file.
        memory_limit: DuckDB's cap, in its notation.
        threads: DuckDB's; None: one a core.
        from_nothing: begin with an empty file instead of a copy.

    Raises:
        WarehouseFault: another writer holds the lock, the disk is full, or DuckDB
            refuses something inside the context.
    """
    folder = home / FOLDER_NAME
    folder.mkdir(parents=True, exist_ok=True)
    with _only_writer(home):
        _clear_leftovers(home, folder)
        refuse_foreign_file(home)
        path = _free_path(folder, run_id)
        building = path.with_name(path.name + _BUILDING)
        building_index = index_of(path).with_name(index_of(path).name + _BUILDING)
        try:
            published = None if from_nothing else published_file(home)
            if published:
                shutil.copyfile(published, building)
            with open_building(
                building, memory_limit=memory_limit, threads=threads
            ) as con:
                migrate(con)
                yield Generation(con, path)
                write_index(con, building_index, before=published)
                con.checkpoint()
            _sync(building_index)  # under its name before its generation has one
            building_index.rename(index_of(path))
            _publish(home, building, path)
        except (duckdb.Error, OSError, sqlite3.Error) as err:
            fault = DamagedWarehouse if _is_damage(err) else WarehouseFault
            raise fault(
                f"{path.name} was not published: {err}. The warehouse is as it was."
            ) from err
        finally:
            _remove(building)
            building_index.unlink(missing_ok=True)
        _reap(folder, keep=path)


def _is_damage(err: Exception) -> bool:
    """Whether DuckDB has met a block that it did not write so."""
    return "orrupt" in str(err) or isinstance(
        err, (duckdb.FatalException, duckdb.InternalException)
    )


@contextmanager
def _only_writer(home: Path) -> Iterator[None]:
    lock = FileLock(home / LOCK_NAME)
    try:
        # The system releases the lock when its holder dies, by kill -9, too.
        lock.acquire(timeout=0)
    except Timeout as err:
        raise WarehouseFault(
            "another process is writing to this warehouse (it holds "
            f"{home / LOCK_NAME}): wait until it has finished"
        ) from err
    try:
        yield
    finally:
        lock.release()


def _publish(home: Path, building: Path, path: Path) -> None:
    log = building.with_name(building.name + ".wal")
    if log.exists():
        # A reader of the file alone would miss what stands in the log.
        raise WarehouseFault(f"{log.name} is left after closing; nothing was published")
    _sync(building)
    building.rename(path)
    _sync(path.parent)
    link = home / (LINK_NAME + _BUILDING)
    link.symlink_to(path.relative_to(home))
    link.replace(home / LINK_NAME)
    _sync(home)


def _sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder, before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _free_path(folder: Path, run_id: str) -> Path:
    """A name that no generation has: a run may be published again, by a rebuild."""
    path, count = folder / f"warehouse-{run_id}.duckdb", 1
    while path.exists():
        count += 1
        path = folder / f"warehouse-{run_id}-{count}.duckdb"
    return path


def _clear_leftovers(home: Path, folder: Path) -> None:
    (home / (LINK_NAME + _BUILDING)).unlink(missing_ok=True)
    for left in folder.glob(f"*{_BUILDING}"):
        _remove(left)


def _remove(building: Path) -> None:
    """Delete a file in the making with what DuckDB keeps beside it."""
    for path in (building, building.with_name(building.name + ".wal")):
        path.unlink(missing_ok=True)
    shutil.rmtree(building.with_name(building.name + ".tmp"), ignore_errors=True)


def _reap(folder: Path, keep: Path) -> None:
    others = [path for path in folder.glob("*.duckdb") if path != keep]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in others[KEPT_GENERATIONS - 1 :]:
        with suppress(OSError):  # it costs space only; the next writer tries again
            path.unlink()
    for index in folder.glob(f"*{SUFFIX}"):
        if not index.with_name(index.name.removesuffix(SUFFIX)).exists():
            index.unlink(missing_ok=True)
