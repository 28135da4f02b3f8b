"""Recorded answers in files, parsed as a run would parse them.

What `citehouse parse SOURCE FILE...` prints: one `FileParse` a file, as JSON on a line.
A file stands alone, so the source tells from the body what kind of answer it is.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.recorded_file import body_of
from pipeline.sources.base import ParseContext, Source
from schemas.provenance import RecordError


class RejectedItem(BaseModel):
    """An item that could not be used, with everything that is wrong with it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: int
    errors: tuple[RecordError, ...]


class FileParse(BaseModel):
    """What became of a file; received = parsed + rejected + absent.

    `model_dump_json` gives the line that the command prints.

    Attributes:
        file: the path as it was given.
        kind: of answer, in the source's words; ``error`` for an answer that is an
            error or cannot be read; None for a kind that the source does not handle.
            All counts of both are 0.
        absent: items that say that there is nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    kind: str | None
    received: int
    parsed: int
    rejected: tuple[RejectedItem, ...]
    absent: int


def parse_file(source: Source, path: Path) -> FileParse:
    """What a source makes of a recorded answer; gzip is undone, whatever the name.

    Raises:
        UsageError: the file cannot be read, or its compression is damaged.
    """
    parsed = source.parse(body_of(path), ParseContext())
    return FileParse(
        file=str(path),
        kind=parsed.kind,
        received=parsed.received,
        parsed=parsed.parsed_count,
        rejected=tuple(
            RejectedItem(index=reject.index, errors=reject.errors)
            for reject in parsed.rejects
        ),
        absent=len(parsed.absent),
    )
