"""The SQL of this package: files under `warehouse/sql`, never text in Python."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Final

ENCODING: Final = "utf-8"


def sql_text(path: str) -> str:
    """The text of one file, by its path below ``sql/``.

    Raises:
        FileNotFoundError: there is no such file.
    """
    return _root().joinpath(*PurePosixPath(path).parts).read_text(ENCODING)


def sql_files(folder: str) -> dict[str, str]:
    """Path below ``folder`` to text, for all ``.sql`` files there, ordered by path."""
    found: dict[str, str] = {}
    waiting = [(PurePosixPath(), _root().joinpath(*PurePosixPath(folder).parts))]
    while waiting:
        path, place = waiting.pop()
        for entry in place.iterdir():
            if entry.is_dir():
                waiting.append((path / entry.name, entry))
            elif entry.name.endswith(".sql"):
                found[str(path / entry.name)] = entry.read_text(ENCODING)
    return dict(sorted(found.items()))


def header(text: str) -> str:
    """The comment at the top of a file, without its dashes."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return "\n".join(lines)


def _root() -> Traversable:
    return files("warehouse") / "sql"
