"""One file of the archive: raw answers as Parquet rows, written whole or not at all."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.durable import TEMPORARY, put_in_place, sync_folder
from pipeline.errors import WarehouseError
from schemas.provenance import RawAnswer

SCHEMA: Final = pa.schema(
    [
        pa.field("run_id", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("endpoint", pa.string(), nullable=False),
        pa.field("role", pa.string(), nullable=False),
        pa.field("request_key", pa.string(), nullable=False),
        pa.field("chain", pa.string(), nullable=False),
        pa.field("page", pa.int32(), nullable=False),
        pa.field("subjects", pa.list_(pa.string()), nullable=False),
        pa.field("status", pa.int32()),
        pa.field("outcome", pa.string(), nullable=False),
        pa.field("url", pa.string(), nullable=False),
        pa.field("headers", pa.map_(pa.string(), pa.string()), nullable=False),
        pa.field("fetched_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("elapsed_s", pa.float64(), nullable=False),
        pa.field("attempts", pa.int32(), nullable=False),
        pa.field("sha256", pa.string(), nullable=False),
        pa.field("body", pa.binary(), nullable=False),
        pa.field("error", pa.string()),
    ]
)

PART_BYTES: Final = 64 * 2**20
GROUP_BYTES: Final = 8 * 2**20
"""Of answers in a row group: what a reader holds in memory at a time."""
GROUP_ROWS: Final = 1000

TIGHT_LEVEL: Final = 19
"""Of zstd, for what is packed once and kept for years. Of 12 MB of recorded answers it
leaves 1.76 MB, where level 1 leaves 3.10 and level 15, at a third of the time, 1.96."""

_TIGHT: Final = b"citehouse.is_tight"
"""In the metadata of a file that is packed so, so that it is not packed again."""

_FOR_GOOD: Final = "zstd"
_FOR_A_WHILE: Final = "lz4"
"""Of a file that is packed at the end of its run: half the time of zstd, to write and
to read, for a third more space."""

Row = dict[str, Any]
Table = Any
"""A ``pyarrow.Table`` in the columns of `SCHEMA`; pyarrow ships no types."""


def write_answer(path: Path, answer: RawAnswer) -> None:
    """One answer as a file; on the disk when this returns."""
    sink = pa.BufferOutputStream()
    with _writer(sink, _FOR_A_WHILE) as writer:
        writer.write_table(pa.Table.from_pylist([_row(answer)], schema=SCHEMA))
    put_in_place({path: memoryview(sink.getvalue())})


def write_parts(
    folder: Path, name: str, answers: Iterable[Table], *, tightly: bool = False
) -> list[Path]:
    """Answers, each a table of one row, in files of about 64 MB, in their order.

    The files are ``<name>-00000.parquet`` and on.

    They appear under these names one after the other once all are on the disk.

    Args:
        folder: of a run.
        name: that no file there begins with.
        answers: each a table of one row.
        tightly: pack them to half the size, forty times slower.

    Returns:
        The files, in the order of the answers; none without answers.
    """
    finished: list[tuple[Path, Path]] = []
    groups = _groups(answers)
    group = next(groups, None)
    while group:
        part = folder / f"{name}-{len(finished):05d}.parquet"
        unfinished = folder / f"{TEMPORARY}{part.name}"
        with unfinished.open("wb") as file:
            with _writer(file, _FOR_GOOD, is_tight=tightly) as writer:
                is_full = False
                while group and not is_full:
                    table = pa.concat_tables(group)
                    writer.write_table(table, row_group_size=len(group))
                    group = next(groups, None)
                    is_full = file.tell() >= PART_BYTES
            file.flush()
            os.fsync(file.fileno())
        finished.append((unfinished, part))
    for unfinished, part in finished:
        unfinished.replace(part)
    sync_folder(folder)
    return [part for _, part in finished]


class AnswerFile:
    """A finished file, open for reading.

    Raises:
        WarehouseError: it cannot be read or does not hold raw answers; names the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = pq.ParquetFile(
                path, memory_map=True, page_checksum_verification=True
            )
        except (OSError, pa.ArrowException) as err:
            raise _unreadable(path, err) from err
        if not self._file.schema_arrow.equals(SCHEMA):
            self.close()
            raise WarehouseError(
                f"archive: {path} does not hold raw answers of this version of "
                "Citehouse; move it out of the archive"
            )

    @property
    def group_count(self) -> int:
        """How many row groups there are."""
        return int(self._file.num_row_groups)

    @property
    def is_tight(self) -> bool:
        """Whether it is packed as tightly as it goes."""
        return _TIGHT in (self._file.schema_arrow.metadata or {})

    def columns(self, group: int, names: Sequence[str]) -> list[list[Any]]:
        """The values of some columns in a row group, a list a column."""
        try:
            table = self._file.read_row_group(group, columns=list(names))
        except (OSError, pa.ArrowException) as err:
            raise _unreadable(self.path, err) from err
        return [table.column(name).to_pylist() for name in names]

    def table(self, group: int) -> Table:
        """The rows of a row group, in order, as they lie there."""
        try:
            return self._file.read_row_group(group, use_threads=False)
        except (OSError, pa.ArrowException) as err:
            raise _unreadable(self.path, err) from err

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def as_answer(table: Table, path: Path) -> RawAnswer:
    """The answer in a table of one row.

    Raises:
        WarehouseError: the body is not the one that was written; names the file.
    """
    (row,) = table.to_pylist()
    if hashlib.sha256(row["body"]).hexdigest() != row["sha256"]:
        raise WarehouseError(
            f"archive: {path} is damaged: the body of {row['request_key'][:200]} does "
            "not have its checksum; restore the file from a backup"
        )
    return RawAnswer(
        **{
            **row,
            "subjects": tuple(row["subjects"]),
            "headers": dict(row["headers"]),
            "fetched_at": row["fetched_at"].astimezone(UTC),
        }
    )


def _row(answer: RawAnswer) -> Row:
    row = {name: getattr(answer, name) for name in SCHEMA.names}
    return {**row, "headers": list(answer.headers.items())}


def _writer(
    sink: Any,  # noqa: ANN401 - a path or a buffer of pyarrow's
    compression: str,
    *,
    is_tight: bool = False,
) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        sink,
        SCHEMA.with_metadata({_TIGHT: b"yes"}) if is_tight else SCHEMA,
        compression=compression,
        compression_level=TIGHT_LEVEL if is_tight else None,
        write_page_checksum=True,
        # Long texts, hardly two alike: neither pays for itself.
        use_dictionary=False,
        write_statistics=["run_id", "source", "endpoint", "fetched_at"],
    )


def _groups(answers: Iterable[Table]) -> Iterator[list[Table]]:
    group: list[Table] = []
    size_bytes = 0
    for answer in answers:
        group.append(answer)
        size_bytes += answer.nbytes
        if size_bytes >= GROUP_BYTES or len(group) >= GROUP_ROWS:
            yield group
            group, size_bytes = [], 0
    if group:
        yield group


def _unreadable(path: Path, err: Exception) -> WarehouseError:
    return WarehouseError(
        f"archive: {path} cannot be read ({type(err).__name__}); restore it from a "
        "backup, or move it out of the archive to go on without its answers"
    )
