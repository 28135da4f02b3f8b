"""The folder of a warehouse while somebody works in it: one run at a time."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import ConfigError, WarehouseError
from warehouse.connection import nothing_published, published_file
from warehouse.errors import WarehouseFault


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


def only_run(home: Path) -> AbstractContextManager[object]:
    """Keep a second run out of this home; released when the process ends, too.

    Makes the home if it is not there.

    Raises:
        ConfigError: the home cannot be written.
        WarehouseError: another run is going on in it.
    """
    lock = FileLock(home / "run.lock")
    try:
        home.mkdir(parents=True, exist_ok=True)
        return lock.acquire(timeout=0)
    except Timeout as err:
        raise WarehouseError(
            f"another run is going on in {home}: wait for it, or choose another home "
            "with CITEHOUSE_HOME"
        ) from err
    except OSError as err:
        raise ConfigError(
            f"cannot write to {home}: {err.strerror or err}; choose a folder that you "
            "may write with CITEHOUSE_HOME"
        ) from err


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
