"""The home: whether it can be written, its room, its lock, its warehouse."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.cli.console import Invocation
from pipeline.cli.findings.finding import SAMPLE_DOI, Finding
from pipeline.cli.tables import plural, size
from pipeline.home import held_by, held_since
from warehouse.errors import WarehouseFault

LOCKS: Final = ("run.lock", "citehouse.lock")

_LITTLE_DISK: Final = 2 * 10**9
_NEXT_GENERATION: Final = 2
"""Times the published file: its successor, and what DuckDB spills while it builds."""

_STUCK: Final = dt.timedelta(hours=20)
"""A night that lasts so long meets the next one."""

_OLD: Final = dt.timedelta(days=3)


def home_findings(home: Path) -> Iterator[Finding]:
    """Whether it can be written, and how much room there is."""
    existing = home
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        yield Finding(
            subject="home",
            state="broken",
            found=f"{home} cannot be written: {existing} is not a writable folder",
            advice="set CITEHOUSE_HOME, or give --home, a folder that you may write",
        )
        return
    yield Finding(
        subject="home",
        state="ok",
        found=f"{home}" if home.exists() else f"{home} (made by the first run)",
    )
    yield _disk(existing, home)


def _disk(existing: Path, home: Path) -> Finding:
    free = shutil.disk_usage(existing).free
    published = home / "citehouse.duckdb"
    warehouse = published.stat().st_size if published.exists() else 0
    needed = max(_LITTLE_DISK, _NEXT_GENERATION * warehouse)
    return Finding(
        subject="disk",
        state="ok" if free >= needed else "note",
        found=f"{size(free)} free",
        advice=None if free >= needed else f"make room: a run may need {size(needed)}",
    )


def warehouse_findings(call: Invocation, home: Path) -> Iterator[Finding]:
    """Whether somebody writes to it, and what is published."""
    yield _lock(home)
    published = home / "citehouse.duckdb"
    if not published.is_symlink() and not published.exists():
        yield Finding(
            subject="warehouse",
            state="note",
            found="none yet",
            advice=f"{call.command('refresh', SAMPLE_DOI)}, or {call.program} demo",
        )
        return
    try:
        yield _published(published, home)
    except WarehouseFault as err:
        yield Finding(
            subject="warehouse",
            state="broken",
            found=str(err),
            advice=f"{call.command('rebuild')} makes it anew from the raw answers",
        )


def _published(published: Path, home: Path) -> Finding:
    from warehouse.connection import open_readonly
    from warehouse.query import cited_dois

    open_readonly(home).close()  # a fault if it is another version's
    count = len(cited_dois(home))
    written = dt.datetime.fromtimestamp(published.stat().st_mtime, dt.UTC)
    age = dt.datetime.now(dt.UTC) - written
    found = (
        f"{plural(count, 'cited DOI')}, {size(published.stat().st_size)}, published"
        f" {written:%Y-%m-%d %H:%M} UTC"
    )
    if age > _OLD:
        days = plural(age.days, "day")
        return Finding(
            subject="warehouse",
            state="note",
            found=f"{found}, {days} ago",
            advice="refresh its DOIs, or see whether the nightly run still runs",
        )
    return Finding(subject="warehouse", state="ok", found=found)


def _lock(home: Path) -> Finding:
    from filelock import FileLock, Timeout

    for name in LOCKS:
        if not (home / name).exists():
            continue
        try:
            with FileLock(home / name, timeout=0):
                pass
        except Timeout:
            return _busy(home)
        except OSError as err:
            reason = err.strerror or type(err).__name__
            return Finding(
                subject="lock",
                state="broken",
                found=f"{home / name}: {reason}",
                advice="make the home writable for you",
            )
    return Finding(subject="lock", state="ok", found="free: no run is writing")


def _busy(home: Path) -> Finding:
    """A run is going on; one that has been for so long is perhaps stuck."""
    found = f"a run is writing to this home now{held_by(home)}"
    since = held_since(home)
    if since and dt.datetime.now(dt.UTC) - since > _STUCK:
        return Finding(
            subject="lock",
            state="note",
            found=found,
            advice="see whether it still does anything; if not, end that process: the"
            " next run goes on where it stopped",
        )
    return Finding(
        subject="lock",
        state="note",
        found=found,
        advice="wait for it before you start another; reading goes on as ever",
    )
