"""The watch-list: ``watch-list.jsonl`` in the home, one work a line, sorted by DOI.

It is no part of any generation, so that `rebuild` keeps it; JSON lines, so that a
person can read it, compare it and carry it to another home. It is written whole and
swapped in, so that a reader needs no lock and sees no half; whoever changes it holds
``watch-list.lock`` and no other lock, so that it can be changed while a night runs.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from pydantic import ValidationError

from pipeline.durable import put_in_place
from pipeline.errors import ConfigError, WarehouseError
from pipeline.watch_import.candidates import Candidate
from schemas.watch import WatchedWork, WatchRemoval
from warehouse.errors import WarehouseFault
from warehouse.query import cited_dois

FILE_NAME: Final = "watch-list.jsonl"
LOCK_NAME: Final = "watch-list.lock"
_PATIENCE_S: Final = 60
"""A change of 100,000 works takes 2 s: whoever holds the lock longer is stuck."""

Works = dict[str, WatchedWork]


def read_watch_list(home: Path, *, tag: str | None = None) -> list[WatchedWork]:
    """The works of the list, or those that carry a tag, sorted by DOI; none without it.

    Raises:
        WarehouseError: there is no such home; the file cannot be read, or a line of it
            is not a watched work; says which.
    """
    _must_be_there(home)
    works = _read(home / FILE_NAME)
    return [work for _, work in sorted(works.items()) if _carries(work, tag)]


def watched_dois(home: Path, *, tag: str | None = None) -> list[str]:
    """The DOIs of the list, or those with a tag, sorted; none without a list.

    Raises:
        WarehouseError: as `read_watch_list`; but a home that is not there has no list.
    """
    if not home.is_dir():
        return []
    return [work.doi for work in read_watch_list(home, tag=tag)]


def nightly_dois(home: Path, *, tag: str | None = None) -> list[str]:
    """What a night is about: the watched works, or where none is watched, all.

    Args:
        home: the folder of the warehouse.
        tag: only the watched works with it.

    Returns:
        DOIs, sorted; none if there is nothing to ask about.

    Raises:
        WarehouseError: as `read_watch_list`; or the published file cannot be opened.
    """
    found = watched_dois(home, tag=tag)
    if found or tag is not None or watched_dois(home):
        return found
    try:
        return cited_dois(home)
    except WarehouseFault as err:
        raise WarehouseError(str(err)) from err


class Added:
    """What was added: the list as it was before, and as it is now."""

    def __init__(self, before: Mapping[str, WatchedWork], after: Works) -> None:
        self._before = before
        self.watched_count = len(after)
        self.tagged_count = sum(work != after[doi] for doi, work in before.items())

    def is_new(self, doi: str) -> bool:
        """Whether the work was not watched before."""
        return doi not in self._before


def add_works(
    home: Path,
    candidates: Iterable[Candidate],
    *,
    tags: Sequence[str] = (),
    now: dt.datetime | None = None,
) -> Added:
    """Watch these works; those that are watched already get the tags as well.

    Makes the home if it is not there. What stands there of a watched work stays: how
    it was typed, when and from which file it came.

    Args:
        home: the folder of the warehouse; the list is a file in it.
        candidates: works, in any order.
        tags: in their normal form.
        now: when they are added; None: now.

    Raises:
        ConfigError: the home cannot be written.
        WarehouseError: as `read_watch_list`, or another change goes on for too long.
    """
    now = (now or dt.datetime.now(dt.UTC)).replace(microsecond=0)
    with _only_change(home):
        before = _read(home / FILE_NAME)
        after = dict(before)
        for one in candidates:
            known = after.get(one.doi)
            if known is None:
                after[one.doi] = WatchedWork(
                    doi=one.doi,
                    typed=one.typed,
                    tags=_sorted(tags),
                    added_at=now,
                    from_file=one.from_file,
                )
            elif not set(tags) <= set(known.tags):
                after[one.doi] = _with_tags(known, [*known.tags, *tags])
        if after != before:
            _write(home, after)
    return Added(before, after)


def remove_works(
    home: Path,
    dois: Sequence[str] = (),
    *,
    tag: str | None = None,
    tag_only: bool = False,
) -> WatchRemoval:
    """Watch some works no more, or take a tag off them.

    Args:
        home: the folder of the warehouse.
        dois: in their normal form; empty: all works that carry the tag.
        tag: in its normal form.
        tag_only: take the tag off, and go on watching.

    Raises:
        ConfigError, WarehouseError: as `add_works`; there is no such home or no list.
    """
    _must_be_there(home)
    with _only_change(home):
        before = _read(home / FILE_NAME)
        asked = sorted(set(dois)) or sorted(
            doi for doi, work in before.items() if _carries(work, tag)
        )
        found = [doi for doi in asked if doi in before and _carries(before[doi], tag)]
        not_found = sorted(set(asked) - set(found))
        after = dict(before)
        for doi in found:
            if tag_only:
                kept = [one for one in before[doi].tags if one != tag]
                after[doi] = _with_tags(before[doi], kept)
            else:
                del after[doi]
        if found:
            _write(home, after)
    return WatchRemoval(
        removed=() if tag_only else tuple(found),
        untagged=tuple(found) if tag_only else (),
        not_found=tuple(not_found),
        watched_count=len(after),
    )


def _must_be_there(home: Path) -> None:
    """Keep a mistyped home from being made."""
    if not home.is_dir():
        raise WarehouseError(
            f"there is no folder {home}: check --home or CITEHOUSE_HOME, or begin a "
            "list there with `citehouse watch add DOI`"
        )


@contextmanager
def _only_change(home: Path) -> Iterator[None]:
    lock = FileLock(home / LOCK_NAME)
    try:
        home.mkdir(parents=True, exist_ok=True)
        # The system releases the lock when its holder dies, by kill -9, too.
        with lock.acquire(timeout=_PATIENCE_S):
            yield
    except Timeout as err:
        raise WarehouseError(
            f"somebody else has been changing {home / FILE_NAME} for {_PATIENCE_S} s "
            f"(they hold {LOCK_NAME}): try again when they have finished"
        ) from err
    except OSError as err:
        raise ConfigError(
            f"cannot write the watch-list in {home}: {err.strerror or err}; choose a "
            "folder that you may write with --home or CITEHOUSE_HOME"
        ) from err


def _read(path: Path) -> Works:
    works: Works = {}
    for number, line in enumerate(_content(path).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            work = WatchedWork.model_validate_json(line)
        except ValidationError as err:
            raise WarehouseError(
                f"{path}, line {number} is not a watched work: "
                f"{err.errors()[0]['msg']}; mend the line or remove it, then try again"
            ) from err
        if work.doi in works:
            raise WarehouseError(
                f"{path}, line {number}: {work.doi} stands further up already; remove "
                "one of the two lines, then try again"
            )
        works[work.doi] = work
    return works


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as err:
        raise WarehouseError(
            f"cannot read the watch-list {path}: {err.strerror or err}; make it a "
            "file that you may read, or move it away, then try again"
        ) from err


def _write(home: Path, works: Works) -> None:
    lines = [works[doi].model_dump_json() for doi in sorted(works)]
    content = "".join(f"{line}\n" for line in lines).encode()
    # A list that is kept elsewhere and linked to stays where it is.
    put_in_place({(home / FILE_NAME).resolve(): content})


def _with_tags(work: WatchedWork, tags: Iterable[str]) -> WatchedWork:
    return work.model_copy(update={"tags": _sorted(tags)})


def _sorted(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(tags)))


def _carries(work: WatchedWork, tag: str | None) -> bool:
    return tag is None or tag in work.tags
