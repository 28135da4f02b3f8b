"""CPU seconds and memory from the first request to tables: Citehouse, peers, floors.

Everyone asks one server on this machine for the same pages. Each run is a process of
its own; its CPU seconds are user and system of it and its children, imports included.
Rounds are interleaved, so that what else the machine does hits everyone alike.

    python bench/compare.py PAGES --peers PEERS_PYTHON [--rounds 3] [--curve]

PAGES: written by `openalex_pages.py`. See README.md for the peers' environment.
"""

import argparse
import datetime as dt
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

HERE = Path(__file__).parent
TARGETS = {"select": 50, "full": 10}
"""Cited works asked about: those of which there are pages."""

FEWER = {"dlt": 2}
"""Contenders that would take minutes are asked about fewer."""

CURVE = (10, 20, 30, 40, 50)
BOUND = {"CITEHOUSE_MEMORY_LIMIT": "200MB", "CITEHOUSE_DATABASE_THREADS": "1"}
"""DuckDB's own part of the memory, where the sum is to stay below 600 MB; and its
threads, of which a second one makes 100,000 works no quicker."""

CONTENDERS = {
    "select": ("requests", "pydantic", "citehouse", "pyalex", "dlt-tuned", "dlt"),
    "full": ("requests", "pydantic", "citehouse", "pyalex", "dlt-tuned"),
}


@dataclass(frozen=True)
class Run:
    """What one run took."""

    records: int
    cpu_s: float
    peak_mb: float
    said: str

    @property
    def rate(self) -> float:
        """Records a CPU second."""
        return self.records / self.cpu_s


def measure(command: list[str], environment: dict[str, str]) -> Run:
    """Run a contender to its end; the last word it prints is its number of records.

    Raises:
        RuntimeError: it failed; with what it printed.
    """
    with tempfile.TemporaryFile() as output:
        # Not by `subprocess`, which reaps children without telling what they took.
        asked = {**os.environ, **environment}
        to_output = [
            (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
            (os.POSIX_SPAWN_DUP2, output.fileno(), 2),
        ]
        process = os.posix_spawn(command[0], command, asked, file_actions=to_output)
        _, status, used = os.wait4(process, 0)
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if status:
        raise RuntimeError(f"{command} ended with {status}:\n{said[-2000:]}")
    return Run(
        records=int(said.split()[-1]),
        cpu_s=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / 1024,
        said=said.splitlines()[-1],
    )


@contextmanager
def serving(pages: Path, kind: str) -> Iterator[str]:
    """The address of a server of the pages, a process of its own."""
    command = [sys.executable, str(HERE / "openalex_server.py"), str(pages)]
    command += ["--full"] if kind == "full" else []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            assert server.stdout is not None  # noqa: S101 - it is a pipe
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def contend(name: str, peers: str, pages: Path, url: str, targets: int) -> Run:
    """One run of a contender with nothing left over from the last one."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder, "out"))
        tail = [str(pages), url, out, str(targets)]
        if name == "citehouse":
            command = [sys.executable, str(HERE / "run_citehouse.py"), *tail]
            return measure(command, BOUND)
        command = [peers, str(HERE / "run_peer.py"), name, *tail]
        return measure(command, {"DLT_DATA_DIR": folder})


def table(pages: Path, peers: str, kind: str, rounds: int) -> Iterator[str]:
    """The lines of the table of one kind of bodies, in Markdown."""
    runs: dict[str, list[Run]] = {name: [] for name in CONTENDERS[kind]}
    with serving(pages, kind) as url:
        for _ in range(rounds):
            for name, done in runs.items():
                targets = min(TARGETS[kind], FEWER.get(name, TARGETS[kind]))
                done.append(contend(name, peers, pages, url, targets))
                note(f"{kind} {name}: {done[-1]}")
    yield "| contender | records | CPU s | records a CPU s | spread | peak MB |"
    yield "|---|---|---|---|---|---|"
    for name, done in runs.items():
        rates = sorted(run.rate for run in done)
        yield (
            f"| {name} | {done[0].records:,} "
            f"| {statistics.median(run.cpu_s for run in done):.1f} "
            f"| {statistics.median(rates):,.0f} "
            f"| {rates[0]:,.0f} to {rates[-1]:,.0f} "
            f"| {max(run.peak_mb for run in done):.0f} |"
        )


def curve(pages: Path, peers: str) -> Iterator[str]:
    """The lines of the table of memory by the number of records."""
    yield "| records | CPU s | records a CPU s | peak MB |"
    yield "|---|---|---|---|"
    with serving(pages, "select") as url:
        for targets in CURVE:
            run = contend("citehouse", peers, pages, url, targets)
            note(f"curve {targets}: {run}")
            yield (
                f"| {run.records:,} | {run.cpu_s:.1f} "
                f"| {run.rate:,.0f} | {run.peak_mb:.0f} |"
            )


def note(text: str) -> None:
    """How far it is, beside the tables."""
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Print the tables that the command line asks for, in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("--peers", required=True, help="their python")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kind", choices=sorted(CONTENDERS), action="append")
    parser.add_argument("--curve", action="store_true", help="memory by size, too")
    asked = parser.parse_args()
    cited = orjson.loads((asked.pages / "cited.json").read_bytes())
    today = dt.datetime.now(dt.UTC).date()
    print(f"{today}, {platform.machine()}, Python {platform.python_version()}, ")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {len(cited)} works")
    for kind in asked.kind or CONTENDERS:
        print(f"\n{kind}\n")
        for line in table(asked.pages, asked.peers, kind, asked.rounds):
            print(line, flush=True)
    if asked.curve:
        print("\nmemory\n")
        for line in curve(asked.pages, asked.peers):
            print(line, flush=True)


if __name__ == "__main__":
    main()
