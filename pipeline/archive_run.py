"""Where each answer of one run lies: the files of its folder and an index of them."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from pipeline.archive_file import (
    AnswerFile,
    Table,
    write_answer,
    write_parts,
)
from pipeline.durable import TEMPORARY, sync_folder
from pipeline.errors import WarehouseError
from schemas.provenance import RawAnswer

_SINGLE: Final = re.compile(r"answer-([0-9a-f]{32})\.parquet")
_PART: Final = re.compile(r"part-[0-9a-f]{12}-\d{5}\.parquet")
_KEY_COLUMNS: Final = ("source", "request_key", "fetched_at")
_GROUPS_HELD: Final = 4  # row groups kept in memory for the next look-up


class _Place(NamedTuple):
    """A row: its file, its row group, its position in that group."""

    path: Path
    group: int
    row: int


class RunFolder:
    """The answers of one run, each under its question once.

    A question that was answered twice has the later answer: a file of its own is
    younger than the parts, and among parts the time of the answer decides. After a
    packing that was cut short the doubles are equal, so it does not matter which.

    Not thread safe. Opening it reads names and, of the parts, the keys alone; so an
    interrupted run of 100,000 single files is open at once.

    Raises:
        WarehouseError: a file is unreadable or not one of ours; names it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._look()

    def add(self, answer: RawAnswer) -> None:
        """Keep an answer; it is on the disk when this returns."""
        digest = _digest(answer.source, answer.request_key)
        write_answer(self._single(digest), answer)
        self._singles[digest] = (answer.source, answer.request_key)

    def find(self, source: str, request_key: str) -> tuple[Table, Path] | None:
        """The answer to a question, a table of one row, and its file.

        None if it was not asked.
        """
        digest = _digest(source, request_key)
        if digest in self._singles:
            return self._answer(_Place(self._single(digest), 0, 0))
        place = self._packed.get(digest)
        return self._answer(place) if place else None

    def answers(self) -> Iterator[tuple[Table, Path]]:
        """Every answer, a table of one row, with its file; by source and request key.

        In memory are the keys of all and the bodies of a few row groups.
        """
        for _, _, place in sorted(self._places()):
            yield self._answer(place)

    def pack(self) -> None:
        """Put all answers into as few files as there need be, and tidy up.

        The old files go only when the new ones are on the disk: cut short at any point,
        every answer is still there, some perhaps twice.
        """
        self._remove(self._folder.glob(f"{TEMPORARY}*"))
        if self._singles or self._superseded:
            self._write_anew()

    def pack_tightly(self) -> bool:
        """As `pack`, but smaller and slower; whether there was anything to do."""
        self._remove(self._folder.glob(f"{TEMPORARY}*"))
        is_tight = all(_is_tight(path) for path in self._parts)
        if is_tight and not self._singles and not self._superseded:
            return False
        self._write_anew(tightly=True)
        return True

    def _write_anew(self, *, tightly: bool = False) -> None:
        old = [self._single(digest) for digest in self._singles] + self._parts
        write_parts(
            self._folder,
            f"part-{uuid4().hex[:12]}",
            (answer for answer, _ in self.answers()),
            tightly=tightly,
        )
        self._remove(old)
        self._look()

    def tidy(self) -> None:
        """Undo what a crash left behind; changes nothing else."""
        self._remove(self._folder.glob(f"{TEMPORARY}*"))
        if self._superseded or self._singles.keys() & self._packed.keys():
            self.pack()

    def _look(self) -> None:
        # Digest to the question, where it is known without opening the file.
        self._singles: dict[str, tuple[str, str] | None] = {}
        self._parts: list[Path] = []
        self._packed: dict[str, _Place] = {}
        self._superseded = 0
        self._held: OrderedDict[tuple[Path, int], Table] = OrderedDict()
        answered_at: dict[str, datetime] = {}
        for path in sorted(self._folder.glob("*.parquet")):
            if single := _SINGLE.fullmatch(path.name):
                self._singles[single.group(1)] = None
            elif _PART.fullmatch(path.name):
                self._parts.append(path)
                self._index(path, answered_at)
            elif not path.name.startswith(TEMPORARY):
                raise WarehouseError(
                    f"archive: {path} was not written by Citehouse; move it out of "
                    "the archive"
                )

    def _index(self, path: Path, answered_at: dict[str, datetime]) -> None:
        for group, source, request_key, fetched_at, row in _keys(path):
            digest = _digest(source, request_key)
            self._superseded += digest in self._packed
            if digest not in answered_at or fetched_at > answered_at[digest]:
                answered_at[digest] = fetched_at
                self._packed[digest] = _Place(path, group, row)

    def _places(self) -> Iterator[tuple[str, str, _Place]]:
        for digest, known in self._singles.items():
            path = self._single(digest)
            question = known or next(key[1:3] for key in _keys(path))
            yield *question, _Place(path, 0, 0)
        for path in self._parts:
            for group, source, request_key, _, row in _keys(path):
                digest = _digest(source, request_key)
                place = _Place(path, group, row)
                if digest not in self._singles and self._packed[digest] == place:
                    yield source, request_key, place

    def _answer(self, place: _Place) -> tuple[Table, Path]:
        held = (place.path, place.group)
        if held in self._held:
            self._held.move_to_end(held)
            return self._held[held].slice(place.row, 1), place.path
        with closing(AnswerFile(place.path)) as file:
            table = file.table(place.group)
        if place.path in self._parts:
            self._held[held] = table
            if len(self._held) > _GROUPS_HELD:
                self._held.popitem(last=False)
        return table.slice(place.row, 1), place.path

    def _single(self, digest: str) -> Path:
        return self._folder / f"answer-{digest}.parquet"

    def _remove(self, paths: Iterable[Path]) -> None:
        for path in list(paths):
            path.unlink(missing_ok=True)
        sync_folder(self._folder)


def _keys(path: Path) -> Iterator[tuple[int, str, str, datetime, int]]:
    with closing(AnswerFile(path)) as file:
        for group in range(file.group_count):
            columns = file.columns(group, _KEY_COLUMNS)
            for row, (source, request_key, fetched_at) in enumerate(
                zip(*columns, strict=True)
            ):
                yield group, source, request_key, fetched_at, row


def _is_tight(path: Path) -> bool:
    with closing(AnswerFile(path)) as file:
        return file.is_tight


def _digest(source: str, request_key: str) -> str:
    return hashlib.blake2b(
        f"{source}\0{request_key}".encode(), digest_size=16
    ).hexdigest()
