"""What `citehouse doctor` looks at, one function a subject."""

import datetime as dt
import os
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict

from pipeline.cli.console import Invocation, printable
from pipeline.cli.tables import plural, size
from pipeline.errors import CitehouseError
from pipeline.settings import Settings
from pipeline.sources import all_sources
from pipeline.sources.base import CitedDoi, Request, Source
from warehouse.errors import WarehouseFault

if TYPE_CHECKING:
    from pipeline.http import Client

SAMPLE_DOI: Final = "10.7717/peerj.4375"
"""Known to every source since years; what `--online` asks about."""

_LITTLE_DISK: Final = 2 * 10**9
_OLD: Final = dt.timedelta(days=3)


class Finding(BaseModel):
    """One thing looked at.

    Attributes:
        state: `note` is worth knowing; `broken` keeps a command from working.
        advice: what to do; None where there is nothing to do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str
    state: Literal["ok", "note", "broken"]
    found: str
    advice: str | None = None


def examine(call: Invocation, *, online: bool) -> list[Finding]:
    """All findings, in the order in which one would mend them."""
    found = list(_versions())
    try:
        settings = call.settings()
    except CitehouseError as err:
        broken = Finding(
            subject="settings",
            state="broken",
            found=str(err),
            advice="correct the environment or .env",
        )
        return [*found, broken]
    found += _settings(settings)
    found += _home(settings.home)
    found += _warehouse(call, settings.home)
    if online:
        found += _sources(settings)
    return found


def _versions() -> Iterator[Finding]:
    found = [f"Citehouse {version('citehouse')}", f"Python {platform.python_version()}"]
    missing = []
    for package in ("duckdb", "pyarrow", "prefect"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
    yield Finding(subject="versions", state="ok", found=", ".join(found))
    if missing:
        yield Finding(
            subject="packages",
            state="broken",
            found=f"not installed: {', '.join(missing)}",
            advice="install Citehouse anew into its own environment",
        )


def _settings(settings: Settings) -> Iterator[Finding]:
    dotenv = "with" if Path(".env").is_file() else "without"
    yield Finding(
        subject="settings",
        state="ok",
        found=(
            f"from the environment, {dotenv} a .env in this folder;"
            f" {settings.threads} threads, batches of {settings.batch_size},"
            f" DuckDB up to {settings.memory_limit}"
        ),
    )
    if settings.mailto:
        yield Finding(subject="contact", state="ok", found="CITEHOUSE_MAILTO is set")
    else:
        yield Finding(
            subject="contact",
            state="note",
            found="CITEHOUSE_MAILTO is not set",
            advice="set it to your e-mail address: Crossref serves such callers better",
        )
    for name, source in all_sources().items():
        yield _source_settings(source, settings, name)


def _source_settings(source: Source, settings: Settings, name: str) -> Finding:
    given = settings.of(name)
    if not given.enabled:
        return Finding(
            subject=name,
            state="note",
            found="switched off",
            advice=f"unset CITEHOUSE_{name.upper()}__ENABLED to use it",
        )
    if not given.is_on(needs_key=source.needs_key):
        return Finding(
            subject=name,
            state="note",
            found="off: no key",
            advice=f"set CITEHOUSE_{name.upper()}__API_KEY to use it",
        )
    said = ["on"]
    if source.key_header is not None:
        said.append("key set" if given.api_key else "no key")
    if given.base_url:
        said.append(f"asked at {printable(given.base_url)}")
    if given.requests_per_second:
        said.append(f"at most {given.requests_per_second:g} requests a second")
    return Finding(subject=name, state="ok", found=", ".join(said))


def _home(home: Path) -> Iterator[Finding]:
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
    free = shutil.disk_usage(existing).free
    yield Finding(
        subject="disk",
        state="ok" if free >= _LITTLE_DISK else "note",
        found=f"{size(free)} free",
        advice=(
            None
            if free >= _LITTLE_DISK
            else "make room: a run needs twice the size of the warehouse"
        ),
    )


def _warehouse(call: Invocation, home: Path) -> Iterator[Finding]:
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

    busy = Finding(
        subject="lock",
        state="note",
        found="a run is writing to this home now",
        advice="wait for it before you start another; reading goes on as ever",
    )
    for name in LOCKS:
        if not (home / name).exists():
            continue
        try:
            with FileLock(home / name, timeout=0):
                pass
        except Timeout:
            return busy
        except OSError as err:
            reason = err.strerror or type(err).__name__
            return Finding(
                subject="lock",
                state="broken",
                found=f"{home / name}: {reason}",
                advice="make the home writable for you",
            )
    return Finding(subject="lock", state="ok", found="free: no run is writing")


LOCKS: Final = ("run.lock", "citehouse.lock")


def _sources(settings: Settings) -> Iterator[Finding]:
    from pipeline.http import Client

    with Client(settings) as client:
        for name, source in all_sources().items():
            if settings.of(name).is_on(needs_key=source.needs_key):
                yield _asked(client, source)


def _asked(client: "Client", source: Source) -> Finding:
    request = _first_question(source)
    if request is None:
        return Finding(subject=source.name, state="note", found="nothing to ask it")
    answer = client.fetch(source, request, "doctor", lambda _: None)
    if answer.outcome in ("ok", "not_found"):
        return Finding(
            subject=f"{source.name} online",
            state="ok",
            found=f"answered in {answer.elapsed_s:.1f} s",
        )
    return Finding(
        subject=f"{source.name} online",
        state="broken",
        found=printable(f"{answer.outcome}: {answer.error}"),
        advice=f"see {source.docs_url}; or switch it off for now",
    )


def _first_question(source: Source) -> Request | None:
    plan = source.requests_for_cited([CitedDoi(SAMPLE_DOI)])
    requests = next(plan, None)
    return requests[0] if requests else None
