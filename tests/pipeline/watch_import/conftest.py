"""Reading a text as a format, as an import does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.watch_import.candidates import ReadFile, read_files

Reader = Callable[..., ReadFile]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Writes a file and reads it: `read("a.bib", text)`."""

    def read_one(name: str, content: str | bytes, **options: str) -> ReadFile:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (found,) = read_files([str(path)], **options)
        return found

    return read_one


@pytest.fixture
def dois(read: Reader) -> Callable[..., list[str]]:
    """The DOIs of a file in which nothing is wrong."""

    def dois_of(name: str, content: str | bytes, **options: str) -> list[str]:
        found = read(name, content, **options)
        assert found.problems == []
        return [one.doi for one in found.candidates]

    return dois_of
