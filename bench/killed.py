"""`kill -9` at random points of runs, again and again, while others read.

A run that is killed loses nothing: the published file stays whole, readers never see an
error, the next run goes on where the last one was, and nothing that the archive holds
is asked again. The simulator in this process notes every request, a reader in a process
of its own opens the published warehouse without pause, and the runs are processes that
live for a random part of what a whole run takes.

    python bench/killed.py [--kills 100] [--seed 1] [--cited 6] [--citing 12]
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Final

from reader import Readers, Seen, torn

from pipeline.archive import Archive
from pipeline.simulator.large import large_world
from pipeline.simulator.options import FAST
from pipeline.simulator.server import Running, running
from pipeline.simulator.world import World
from pipeline.verify import verify
from schemas.provenance import RunManifest

ROOT: Final = Path(__file__).resolve().parents[1]
LATENCY_MS: Final = 20.0
"""Of every answer: fetching then takes about as long as the rest of a run."""

NEVER: Final = 120.0
"""Seconds after which a run that goes on is a fault of its own."""

Question = tuple[str, str]
"""A source and the target that it was asked, without the contact address."""


@dataclass
class Outcome:
    """What came of the kills.

    Attributes:
        stages: kills by how far the run was.
        seen: by the reader, over all of its time.
        refetched: questions asked again although the archive had the answer.
        torn: what was wrong with a published file after a kill.
        last_exit_code, last_words: of the run that was left to end.
    """

    stages: Counter[str] = field(default_factory=Counter)
    seen: Seen = field(default_factory=lambda: Seen(0, 0, [], []))
    refetched: set[Question] = field(default_factory=set)
    torn: list[str] = field(default_factory=list)
    last_exit_code: int | None = None
    last_words: str = ""
    took_s: float = 0.0


def kill_often(world: World, home: Path, *, kills: int, seed: int) -> Outcome:
    """Publish once, then kill runs at random points and let the last one end."""
    dice = Random(seed)  # noqa: S311 - moments, not secrets
    found = Outcome()
    options = replace(FAST, requests_per_second=2_000.0, latency_ms=LATENCY_MS)
    began = time.monotonic()
    with running(world, options) as simulator:
        _left_to_end(simulator, home, world.asked[:1], found)
        whole_s = _left_to_end(simulator, home, world.asked, found)
        readers = Readers(home, 1)
        try:
            for _ in range(kills):
                _kill_once(simulator, home, world, dice.uniform(0, whole_s), found)
            _left_to_end(simulator, home, world.asked, found)
        finally:
            found.seen = readers.stop()
    found.took_s = time.monotonic() - began
    return found


def _kill_once(
    simulator: Running, home: Path, world: World, after_s: float, found: Outcome
) -> None:
    taken_up = _unfinished(home)
    had = answered(home, taken_up) if taken_up else set()
    since, began = len(simulator.requests), time.time()
    process = started(simulator, home, world.asked)
    with suppress(subprocess.TimeoutExpired):
        process.wait(after_s)
    is_over = process.poll() is not None
    process.kill()
    process.communicate()
    found.stages["ended before" if is_over else _stage(home, began)] += 1
    found.refetched |= had & asked_of(simulator, since)
    found.torn += torn(home)


def _left_to_end(
    simulator: Running, home: Path, dois: Sequence[str], found: Outcome
) -> float:
    taken_up = _unfinished(home)
    had = answered(home, taken_up) if taken_up else set()
    since = len(simulator.requests)
    began = time.monotonic()
    process = started(simulator, home, dois)
    _, found.last_words = process.communicate(timeout=NEVER)
    found.last_exit_code = process.returncode
    found.refetched |= had & asked_of(simulator, since)
    found.torn += torn(home)
    return time.monotonic() - began


def started(
    simulator: Running, home: Path, dois: Sequence[str], *, before: Sequence[str] = ()
) -> "subprocess.Popen[str]":
    """`citehouse refresh` as a process of its own."""
    # An environment of its own, so that nobody's settings get in.
    env = {"CITEHOUSE_HOME": str(home), "CITEHOUSE_MAILTO": "tests@example.org"}
    for name, settings in simulator.settings_overrides().items():
        prefix = f"CITEHOUSE_{name.upper()}__"
        env[f"{prefix}ENABLED"] = str(settings.enabled)
        if settings.base_url:
            env[f"{prefix}BASE_URL"] = settings.base_url
            env[f"{prefix}REQUESTS_PER_SECOND"] = str(settings.requests_per_second)
    words = [*before, sys.executable, "-m", "pipeline", "refresh", "--quiet", *dois]
    return subprocess.Popen(  # noqa: S603 - our own program
        words,
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answered(home: Path, run: RunManifest) -> set[Question]:
    """The questions that the archive of a run answers, as the simulator sees them.

    Those that are told apart by their body alone are left out.
    """
    return {
        (raw.source, raw.request_key.removeprefix("GET "))
        for raw in Archive(home).answers(run.run_id)
        if raw.outcome == "ok" and raw.request_key.startswith("GET ")
    }


def asked_of(simulator: Running, since: int = 0) -> set[Question]:
    """The questions that reached the simulator after the first `since`."""
    return {
        (seen.api, re.sub("[?&](mailto|email)=[^&]*", "", seen.target))
        for seen in simulator.requests[since:]
    }


def _unfinished(home: Path) -> RunManifest | None:
    runs = [run for run in Archive(home).runs() if not run.finished_at]
    return runs[-1] if runs else None


def _stage(home: Path, began: float) -> str:
    """How far a run was that has just been killed, by what it left behind."""
    left = home.glob("generations/*.building")  # also by runs that were killed before
    if any(path.stat().st_mtime >= began for path in left):
        return "building tables"
    run = _unfinished(home)
    if run is None:
        return "starting or ending"
    folder = home / "archive" / f"run_id={run.run_id}"
    return "fetching" if any(folder.glob("*.parquet")) else "begun"


def main() -> None:
    """Measure once and print a table; exit code 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cited", type=int, default=6)
    parser.add_argument("--citing", type=int, default=12)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        world = large_world(asked.cited, asked.citing)
        found = kill_often(world, home, kills=asked.kills, seed=asked.seed)
        audit = verify(home)
    print(f"{asked.kills} kills in {found.took_s:.0f} s")
    for stage, count in found.stages.most_common():
        print(f"  {stage:20} {count:5}")
    seen = found.seen
    print(f"reads                  {seen.reads:5}  of {seen.generations} generations")
    print(f"errors of readers      {len(seen.errors):5}")
    print(f"torn files             {len(found.torn + seen.torn):5}")
    print(f"asked again            {len(found.refetched):5}")
    print(f"last run ended with    {found.last_exit_code!s:>5}")
    print(f"verify ended with      {audit.exit_code:5}")
    problems = [
        *found.seen.errors,
        *found.seen.torn,
        *found.torn,
        *map(str, found.refetched),
    ]
    problems += [f"verify: {one.name}" for one in audit.audited if one.is_broken]
    problems += [found.last_words] if found.last_exit_code else []
    print(*problems[:20], sep="\n")
    sys.exit(bool(problems or found.last_exit_code or audit.exit_code))


if __name__ == "__main__":
    main()
