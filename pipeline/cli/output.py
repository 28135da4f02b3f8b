"""Files that commands write: whole or not at all, and nobody's file by accident."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from pipeline.cli.console import StdoutBytes
from pipeline.errors import UsageError

STDOUT: Final = Path("-")


@contextmanager
def writing(output: Path | None, *, force: bool) -> Iterator[IO[bytes]]:
    """A stream to a file that appears when all is written, or to stdout.

    Args:
        output: the file; None or ``-``: stdout.
        force: write over a file that is there.

    Raises:
        UsageError: there is such a file, or it cannot be written.
    """
    if output is None or output == STDOUT:
        with StdoutBytes() as stream:
            yield stream
        return
    if output.exists() and not force:
        raise UsageError(f"{output} is there already; give --force to write over it")
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("wb") as stream:
            yield stream
        partial.replace(output)
    except OSError as err:
        raise _cannot_write(output, err) from err
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def writing_folder(
    folder: Path, *, force: bool, is_ours: Callable[[Path], bool]
) -> Iterator[Path]:
    """An empty folder that gets its name when all is written.

    Args:
        folder: where it will be.
        force: a folder that is there and ours gives way when the new one is whole.
        is_ours: whether a folder holds what we wrote, and nothing else.

    Raises:
        UsageError: something is there that must not be written over, or the folder
            cannot be made.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        if not is_ours(folder):
            raise UsageError(
                f"{folder} holds something else; give a new folder to --tables"
            )
        if not force:
            raise UsageError(f"{folder} holds an export; give --force to replace it")
    partial = folder.with_name(f".{folder.name}.partial")
    former = folder.with_name(f".{folder.name}.former")
    try:
        for left in (partial, former):
            shutil.rmtree(left, ignore_errors=True)
        partial.mkdir(parents=True)
        yield partial
        _swap(partial, folder, former)
    except OSError as err:
        raise _cannot_write(folder, err) from err
    finally:
        for left in (partial, former):
            shutil.rmtree(left, ignore_errors=True)


def _swap(new: Path, folder: Path, former: Path) -> None:
    """Give the new folder its name; if that fails, the former one has it again."""
    if folder.exists():
        folder.replace(former)
    try:
        new.replace(folder)
    except OSError:
        if former.exists():
            former.replace(folder)
        raise


def _cannot_write(output: Path, err: OSError) -> UsageError:
    return UsageError(
        f"cannot write {output}: {err.strerror or err}; choose another place"
    )
