"""The SQL of this package: files under `warehouse/sql`, never text in Python."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Final

ENCODING: Final = "utf-8"

_PLACE: Final = re.compile(r"\$\{([a-z_]+)\}")


def sql_text(path: str, **names: str) -> str:
    """The text of one file, by its path below ``sql/``.

    Args:
        path: of the file, with its ending.
        names: of tables and columns, for which SQL has no parameters: each stands in
            the place of its ``${...}``. Never anything that was received.

    Raises:
        FileNotFoundError: there is no such file.
        KeyError: names are given, but not all that the file asks for.
    """
    text = _root().joinpath(*PurePosixPath(path).parts).read_text(ENCODING)
    return _PLACE.sub(lambda found: names[found.group(1)], text) if names else text


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
