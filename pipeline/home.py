"""The folder of a warehouse while somebody works in it: one run at a time."""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from pipeline.errors import ConfigError, WarehouseError
from warehouse.connection import nothing_published, published_file
from warehouse.errors import WarehouseFault

HOLDER_NAME: Final = "run.holder"
_SINCE: Final = "%Y-%m-%d %H:%M"


def only_run_on_published(home: Path) -> AbstractContextManager[object]:
    """As `only_run`, for what begins with a warehouse: a mistyped home is not made.

    Raises:
        ConfigError: the home cannot be written.
        WarehouseError: there is no warehouse, and nothing was written; or another run
            is going on in it.
    """
    try:
        if published_file(home) is None:
            raise nothing_published(home)
    except WarehouseFault as err:
        raise WarehouseError(str(err)) from err
    return only_run(home)


@contextmanager
def only_run(home: Path) -> Iterator[None]:
    """Keep a second run out of this home; released when the process ends, too.

    Makes the home if it is not there. Who holds it stands in ``run.holder`` beside the
    lock, for whoever is kept out.

    Raises:
        ConfigError: the home cannot be written.
        WarehouseError: another run is going on in it; says who.
    """
    lock = FileLock(home / "run.lock")
    holder = home / HOLDER_NAME
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        since = dt.datetime.now(dt.UTC).strftime(_SINCE)
        holder.write_text(f"process {os.getpid()}, since {since} UTC\n")
    except Timeout as err:
        raise WarehouseError(
            f"another run is going on in {home}{held_by(home)}: wait for it, or "
            "choose another home with CITEHOUSE_HOME"
        ) from err
    except OSError as err:
        raise ConfigError(
            f"cannot write to {home}: {err.strerror or err}; choose a folder that you "
            "may write with CITEHOUSE_HOME"
        ) from err
    try:
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def held_by(home: Path) -> str:
    """Who holds the lock, in brackets; nothing if that cannot be read."""
    with suppress(OSError, ValueError):
        if said := (home / HOLDER_NAME).read_text().strip():
            return f" ({said})"
    return ""


def held_since(home: Path) -> dt.datetime | None:
    """Since when somebody holds the lock; None if that cannot be read."""
    with suppress(OSError, ValueError):
        _, _, since = (home / HOLDER_NAME).read_text().strip().partition(", since ")
        return dt.datetime.strptime(since, f"{_SINCE} UTC").replace(tzinfo=dt.UTC)
    return None


@contextmanager
def faults_of_the_disk(home: Path) -> Iterator[None]:
    """Turn what the disk or DuckDB refuses into an error that says what next."""
    try:
        yield
    except WarehouseFault as err:
        raise WarehouseError(str(err)) from err
    except OSError as err:
        raise WarehouseError(
            f"cannot write in {home}: {err}. Make room, or way, and run again: what "
            "was fetched is kept, and what was published before is untouched"
        ) from err


def staging_folder(home: Path) -> Path:
    """Where staged records rest until they are loaded; emptied after each run."""
    return home / "staging"
