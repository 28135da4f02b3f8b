"""The archive: every answer as it came, from which all tables can be made again.

    <home>/archive/run_id=<id>/manifest.json       what the run was asked
    <home>/archive/run_id=<id>/answer-<key>.parquet   one answer, as it arrived
    <home>/archive/run_id=<id>/part-<..>.parquet      many answers, after the run

Any Parquet reader reads it, at any moment, with one statement; in DuckDB:

    select source, request_key, status, outcome, fetched_at, decode(body) as body
    from read_parquet('archive/*/*.parquet', hive_partitioning = false)

For the moment in which a run's answers are packed into parts, some may be there twice:
``select distinct on (run_id, source, request_key)`` is exact then, too, and `Archive`
always is. One process writes, any number read.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Final

from pydantic import ValidationError

from pipeline.archive_file import as_answer
from pipeline.archive_run import RunFolder
from pipeline.durable import TEMPORARY, put_in_place, sync_folder
from pipeline.errors import WarehouseError
from schemas.provenance import RawAnswer, RunManifest

MANIFEST: Final = "manifest.json"

_PREFIX: Final = "run_id="
_RUN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)


class Archive:
    """The runs below ``<home>/archive``; thread safe.

    Args:
        home: the folder of the warehouse; made by the first `begin`.
    """

    def __init__(self, home: Path) -> None:
        self._root = home / "archive"
        self._lock = Lock()
        self._opened: tuple[str, RunFolder] | None = None

    def begin(self, manifest: RunManifest) -> None:
        """Open a run for answers; a run that was cut short goes on where it was.

        Raises:
            WarehouseError: the run's folder holds a file that is damaged or not ours.
        """
        with self._lock:
            folder = self._folder(manifest.run_id)
            folder.mkdir(parents=True, exist_ok=True)
            sync_folder(self._root)
            self._opened = None
            self._open(manifest.run_id).tidy()
            _write_manifest(folder, manifest)

    def finish(self, manifest: RunManifest) -> None:
        """Put down that a run is over, by a manifest with `finished_at`.

        Raises:
            WarehouseError: the run was never begun.
        """
        with self._lock:
            _write_manifest(self._existing(manifest.run_id), manifest)

    def runs(self) -> list[RunManifest]:
        """The runs in the order of their ids, which is that of time.

        Raises:
            WarehouseError: a manifest is missing or damaged; names it.
        """
        every = self._root.iterdir() if self._root.exists() else ()
        folders = sorted(path for path in every if path.name.startswith(_PREFIX))
        # A run that was cut short at its very beginning has left an empty folder, or
        # one with half a manifest under another name.
        return [_read_manifest(folder) for folder in folders if _is_begun(folder)]

    def add(self, answer: RawAnswer) -> None:
        """Keep an answer; it is on the disk, whole, when this returns.

        A later answer to the same question of the same run takes its place.

        Raises:
            WarehouseError: the run was never begun.
        """
        with self._lock:
            self._open(answer.run_id).add(answer)

    def find(self, run_id: str, source: str, request_key: str) -> RawAnswer | None:
        """The answer that a run has to a question; None if there is none yet.

        Raises:
            WarehouseError: the file that holds it is damaged; names it.
        """
        with self._lock:
            if not self._folder(run_id).is_dir():
                return None
            found = self._open(run_id).find(source, request_key)
        return as_answer(*found) if found else None

    def seal(self, run_id: str) -> None:
        """Pack a run's answers into few files; may be called again, and after more.

        Raises:
            WarehouseError: the run was never begun, or a file of it is damaged; then
                nothing has been removed.
        """
        with self._lock:
            self._open(run_id).pack()

    def compact(self, run_id: str) -> bool:
        """Pack a run's answers as tightly as it goes; whether there was anything to do.

        Raises:
            WarehouseError: as `seal`.
        """
        with self._lock:
            return self._open(run_id).pack_tightly()

    def files(self, run_id: str) -> list[Path]:
        """The files that hold a run's answers.

        Raises:
            WarehouseError: the run is not in the archive.
        """
        return sorted(self._existing(run_id).glob("*.parquet"))

    def answers(self, run_id: str) -> Iterator[RawAnswer]:
        """A run's answers, each question once, by source and request key.

        Raises:
            WarehouseError: the run is not in the archive, or a file of it is damaged.
        """
        for table, path in RunFolder(self._existing(run_id)).answers():
            yield as_answer(table, path)

    def checksums(self, run_id: str) -> Iterator[tuple[str, str, str, str]]:
        """Of each answer of a run: source, request key, checksum as written, and anew.

        Unlike `answers` it goes on where a body is damaged: the last two differ then.

        Raises:
            WarehouseError: the run is not in the archive, or a file cannot be read.
        """
        for table, _ in RunFolder(self._existing(run_id)).answers():
            (row,) = table.to_pylist()
            anew = hashlib.sha256(row["body"]).hexdigest()
            yield row["source"], row["request_key"], row["sha256"], anew

    def _open(self, run_id: str) -> RunFolder:
        if self._opened is None or self._opened[0] != run_id:
            self._opened = (run_id, RunFolder(self._existing(run_id)))
        return self._opened[1]

    def _existing(self, run_id: str) -> Path:
        folder = self._folder(run_id)
        if not folder.is_dir():
            raise WarehouseError(
                f"archive: there is no run {run_id} in {self._root}; it may have been "
                "pruned (pruned.jsonl), `citehouse archive list` lists the runs"
            )
        return folder

    def _folder(self, run_id: str) -> Path:
        if not _RUN_ID.fullmatch(run_id):
            raise WarehouseError(f"archive: {run_id[:100]!r} is not the id of a run")
        return self._root / f"{_PREFIX}{run_id}"


def _is_begun(folder: Path) -> bool:
    if not folder.is_dir():
        raise WarehouseError(
            f"archive: {folder} is no folder; move it out of the archive"
        )
    return any(not path.name.startswith(TEMPORARY) for path in folder.iterdir())


def _write_manifest(folder: Path, manifest: RunManifest) -> None:
    text = manifest.model_dump_json(indent=2)
    put_in_place({folder / MANIFEST: text.encode()})


def _read_manifest(folder: Path) -> RunManifest:
    path = folder / MANIFEST
    try:
        manifest = RunManifest.model_validate_json(path.read_bytes())
    except OSError as err:
        raise WarehouseError(
            f"archive: {path} cannot be read; restore it from a backup, or move the "
            "folder out of the archive"
        ) from err
    except ValidationError as err:
        raise WarehouseError(
            f"archive: {path} is not a manifest ({err.error_count()} errors); restore "
            "it from a backup, or move the folder out of the archive"
        ) from err
    if folder.name != f"{_PREFIX}{manifest.run_id}":
        raise WarehouseError(
            f"archive: {path} is that of run {manifest.run_id}; the folder was renamed"
        )
    return manifest
