"""Articles in files: what `citehouse statements FILE...` prints, one by one."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import orjson

from pipeline.errors import UsageError
from pipeline.recorded_file import body_of
from pipeline.statements.article import MAX_BYTES, NoArticle
from pipeline.statements.extract import extract
from schemas.statement import CitationStatement, CitedWork, Extraction


class FileStatement(NamedTuple):
    """A statement with the file that it stands in, as the path was given."""

    statement: CitationStatement
    file: str

    def json(self) -> str:
        """Both as one flat object of JSON."""
        row = {**self.statement._asdict(), "file": self.file}
        return orjson.dumps(row).decode()


class FileStatements(NamedTuple):
    """What became of a file."""

    file: str
    found: Extraction

    def rows(self) -> list[FileStatement]:
        """Its statements, each with the file."""
        return [FileStatement(one, self.file) for one in self.found.statements]


def statements_of(path: Path, cited: Sequence[CitedWork] | None) -> FileStatements:
    """The statements of an article in a file; see `pipeline.statements.extract`.

    Raises:
        UsageError: the file cannot be read, or is no JATS article.
    """
    try:
        found = extract(body_of(path, max_bytes=MAX_BYTES), cited)
    except NoArticle as err:
        raise UsageError(
            f"{path}: {err}; give JATS XML, as Europe PMC has it as fullTextXML"
        ) from err
    return FileStatements(file=str(path), found=found)
