"""Keeping the archive small: what it holds, packing it tightly, taking old runs out.

A run that is taken out stays in the warehouse as it was read, and what was made of it
stays in the history; but it can be read anew no more, by no `rebuild` and no `replay`.
``archive/pruned.jsonl`` says which runs these are.
"""

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from pipeline.archive import Archive
from pipeline.durable import put_in_place, sync_folder
from pipeline.errors import WarehouseError
from pipeline.home import faults_of_the_disk, only_run
from schemas.archive import ArchivedRun, Compaction, PrunedRun
from schemas.provenance import RunManifest
from warehouse.connection import published_runs
from warehouse.errors import WarehouseFault

LOG_NAME: Final = "pruned.jsonl"

_GOING: Final = ".going-"
"""Beginning of the name of a run's folder that is being removed."""


def archived_runs(home: Path) -> list[ArchivedRun]:
    """The runs of the archive in order of time; none without an archive.

    Raises:
        WarehouseError: a manifest is damaged, or the warehouse cannot be opened.
    """
    archive = Archive(home)
    here = _published(home)
    return [_described(archive, run, here) for run in archive.runs()]


def compact(home: Path) -> Iterator[Compaction]:
    """Pack every run as tightly as it goes; tells of each run that it has packed.

    Runs that were cut short are packed, too, and go on as ever. The answers are the
    same afterwards; cut short, nothing is lost, and the next call does the rest.

    Raises:
        WarehouseError: the home is in use; or, once all others are packed, a file of
            the archive is damaged: that run is left as it is.
    """
    _must_have_an_archive(home)
    with only_run(home), faults_of_the_disk(home):
        archive = Archive(home)
        faults = []
        for run in archive.runs():
            before = _files(archive, run.run_id)[1]
            try:
                is_packed = archive.compact(run.run_id)
            except WarehouseError as err:
                faults.append(err)
                continue
            if is_packed:
                after = _files(archive, run.run_id)[1]
                yield Compaction(
                    run_id=run.run_id, size_before_bytes=before, size_after_bytes=after
                )
        if faults:
            raise faults[0]


def to_prune(home: Path, before: dt.datetime) -> list[ArchivedRun]:
    """The runs that `prune` would take out: begun before this time, and published.

    A run that is not published is in no warehouse: it stays, however old it is.

    Raises:
        WarehouseError: as `archived_runs`.
    """
    return [
        run
        for run in archived_runs(home)
        if run.started_at < before and run.state == "published"
    ]


def prune(
    home: Path, before: dt.datetime, *, now: dt.datetime | None = None
) -> list[ArchivedRun]:
    """Take the answers of old runs out of the archive, for good.

    Each run is put down as pruned before its folder goes. Cut short, a run is there
    whole or not at all; what is left of it is removed by the next call.

    Args:
        home: of the warehouse.
        before: runs begun earlier go.
        now: the time that is put down; None: that of the clock.

    Returns:
        The runs that are gone, in order of time.

    Raises:
        WarehouseError: the home is in use, or as `archived_runs`.
    """
    _must_have_an_archive(home)
    with only_run(home), faults_of_the_disk(home):
        gone = to_prune(home, before)
        at = now or dt.datetime.now(dt.UTC)
        known = {run.run_id: run for run in pruned_runs(home)}
        known |= {
            run.run_id: PrunedRun(
                run_id=run.run_id, pruned_at=at, size_bytes=run.size_bytes
            )
            for run in gone
            if run.run_id not in known
        }
        _remove_leftovers(home)
        if gone:
            _write_log(home, known.values())
        for run in gone:
            folder = home / "archive" / f"run_id={run.run_id}"
            folder.rename(folder.with_name(f"{_GOING}{run.run_id}"))
        _remove_leftovers(home)
    return gone


def _remove_leftovers(home: Path) -> None:
    for folder in (home / "archive").glob(f"{_GOING}*"):
        shutil.rmtree(folder)
    sync_folder(home / "archive")


def pruned_runs(home: Path) -> list[PrunedRun]:
    """The runs that were taken out, in order of time; none without a log.

    Raises:
        WarehouseError: a line of the log is none; says which.
    """
    path = home / "archive" / LOG_NAME
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as err:
        raise WarehouseError(f"{path} cannot be read: {err.strerror}") from err
    noted = [_parsed(path, number, line) for number, line in enumerate(lines, 1)]
    # One that is put down, but still there, was about to be taken out.
    return [run for run in noted if not (path.parent / f"run_id={run.run_id}").is_dir()]


def _parsed(path: Path, number: int, line: bytes) -> PrunedRun:
    try:
        return PrunedRun.model_validate_json(line)
    except ValidationError as err:
        raise WarehouseError(
            f"{path}, line {number}: no record of a pruned run; restore the file from "
            "a backup, or remove the line: `citehouse verify` then misses that run"
        ) from err


def _write_log(home: Path, runs: Iterable[PrunedRun]) -> None:
    ordered = sorted(runs, key=lambda run: run.run_id)
    text = "".join(f"{run.model_dump_json()}\n" for run in ordered)
    put_in_place({home / "archive" / LOG_NAME: text.encode()})


def _described(archive: Archive, run: RunManifest, here: Set[str]) -> ArchivedRun:
    count, size_bytes = _files(archive, run.run_id)
    state = "published" if run.run_id in here else "unpublished"
    return ArchivedRun(
        run_id=run.run_id,
        command=run.command,
        started_at=run.started_at,
        state=state if run.finished_at else "unfinished",
        doi_count=len(run.dois),
        file_count=count,
        size_bytes=size_bytes,
    )


def _files(archive: Archive, run_id: str) -> tuple[int, int]:
    sizes = [path.stat().st_size for path in archive.files(run_id)]
    return len(sizes), sum(sizes)


def _published(home: Path) -> set[str]:
    try:
        return published_runs(home)
    except WarehouseFault as err:
        raise WarehouseError(str(err)) from err


def _must_have_an_archive(home: Path) -> None:
    if not (home / "archive").is_dir():
        what = "no archive in it" if home.is_dir() else "there is no such folder"
        raise WarehouseError(
            f"archive: {home}: {what}: check --home and CITEHOUSE_HOME, or run "
            "`citehouse refresh DOI` first"
        )
