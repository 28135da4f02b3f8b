"""What is under way: runs, the watch-list, alerts; and whether the clock is right."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.alerts.sending import outbox
from pipeline.archive import Archive
from pipeline.cli.console import Invocation
from pipeline.cli.findings.finding import Finding
from pipeline.cli.tables import plural
from pipeline.errors import WarehouseError
from pipeline.running import RESUME_WITHIN
from pipeline.watch_list import FILE_NAME, watched_dois
from schemas.provenance import RunManifest
from warehouse.connection import published_file, published_runs
from warehouse.errors import WarehouseFault


def work_findings(call: Invocation, home: Path) -> Iterator[Finding]:
    """Of a home that is there; nothing of one that is not."""
    if not home.is_dir():
        return
    now = dt.datetime.now(dt.UTC)
    try:
        runs = Archive(home).runs()
    except WarehouseError as err:
        yield Finding(
            subject="archive",
            state="broken",
            found=str(err),
            advice="nothing can be built while this is so",
        )
    else:
        yield _archive(call, home, runs, now)
        yield _clock(runs, now)
    yield _watch_list(call, home)
    if published_file_or_none(home):
        yield from _alerts(call, home)


def published_file_or_none(home: Path) -> Path | None:
    """The published file, if it can be found."""
    try:
        return published_file(home)
    except WarehouseFault:
        return None


def _archive(
    call: Invocation, home: Path, runs: Sequence[RunManifest], now: dt.datetime
) -> Finding:
    unfinished = [run for run in runs if run.finished_at is None]
    stale = [run for run in unfinished if now - run.started_at >= RESUME_WITHIN]
    unpublished = _unpublished(home, runs)
    found = [plural(len(runs), "run")]
    advice = []
    if fresh := [run for run in unfinished if run not in stale]:
        found.append(f"interrupted: {_named(fresh)}")
        advice.append("the same command goes on where it stopped")
    if stale:
        found.append(f"never ended: {_named(stale)}")
        advice.append(
            "what they were to ask must be asked anew; their answers are kept"
        )
    if unpublished:
        found.append(f"ended, but not published: {_named(unpublished)}")
        advice.append(f"the next run publishes them, or {call.command('rebuild')}")
    return Finding(
        subject="archive",
        state="note" if advice else "ok",
        found="; ".join(found),
        advice="; ".join(advice) or None,
    )


def _unpublished(home: Path, runs: Sequence[RunManifest]) -> list[RunManifest]:
    try:
        here = published_runs(home)
    except WarehouseFault:  # the warehouse has a finding of its own
        return []
    return [run for run in runs if run.finished_at and run.run_id not in here]


def _named(runs: Sequence[RunManifest]) -> str:
    few = ", ".join(run.run_id for run in runs[-3:])
    return few if len(runs) <= len(runs[-3:]) else f"{len(runs)} runs, last {few}"


def _clock(runs: Sequence[RunManifest], now: dt.datetime) -> Finding:
    newest = max((run.finished_at or run.started_at for run in runs), default=now)
    if newest > now:
        return Finding(
            subject="clock",
            state="broken",
            found=f"{now:%Y-%m-%d %H:%M} UTC is before the newest run"
            f" ({newest:%Y-%m-%d %H:%M} UTC)",
            advice="set the clock: newer answers would be taken for older ones",
        )
    return Finding(subject="clock", state="ok", found=f"{now:%Y-%m-%d %H:%M} UTC")


def _watch_list(call: Invocation, home: Path) -> Finding:
    try:
        count = len(watched_dois(home))
    except WarehouseError as err:
        return Finding(
            subject="watch-list",
            state="broken",
            found=str(err),
            advice=f"mend {home / FILE_NAME}; no night runs while it is so",
        )
    if count:
        return Finding(
            subject="watch-list", state="ok", found=plural(count, "watched work")
        )
    return Finding(
        subject="watch-list",
        state="note",
        found="empty: a night asks about every cited work of the warehouse",
        advice=call.command("watch", "import", "FILE"),
    )


def _alerts(call: Invocation, home: Path) -> Iterator[Finding]:
    try:
        entries = outbox(home)
    except WarehouseError as err:
        yield Finding(
            subject="alerts",
            state="broken",
            found=str(err),
            advice="mend the file; nothing is sent while it is so",
        )
        return
    except WarehouseFault:  # the warehouse has a finding of its own
        return
    late = [one for one in entries if one.state == "waiting" and one.attempt_count]
    given_up = [one for one in entries if one.state == "given up"]
    found = [plural(len(entries), "message")]
    found += [f"{len(late)} failed so far, last: {late[-1].why}"] if late else []
    found += [f"{len(given_up)} given up"] if given_up else []
    is_well = not late and not given_up
    yield Finding(
        subject="alerts",
        state="ok" if is_well else "note",
        found=", ".join(found),
        advice=None if is_well else call.command("alerts", "outbox"),
    )
