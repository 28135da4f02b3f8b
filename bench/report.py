"""The report page and its filters on a large warehouse: milliseconds at the server.

Starts `citehouse web` on a made-up warehouse and asks over loopback, as a browser does
but without its pictures. Beside it, in the same run, the floors: an empty answer of the
same server, and one pass of DuckDB over the statements that a page is about.

    python bench/report.py [--works 1000000] [--rounds 5] [--home FOLDER]
"""

import argparse
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

import duckdb
import requests
from big_world import CITED, make_world

from warehouse.connection import LINK_NAME

SEEN: Final = (1, 30, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800, CITED)
"""Cited works by rank: the largest, and some of every size."""

FILTERS: Final = (
    {"stance": "supporting"},
    {"section": "results", "type": "preprint"},
    {"year": "2010", "relationship": "independent"},
    {"source": "crossref"},
    {"journal": "issn:1234-0499"},
    {"stance": "contrasting", "show": "works"},
    {"q": "word7"},
    {"order": "confidence"},
    {"page": "2"},
)


def main() -> None:
    """Ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--works", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--home", type=Path, help="kept, and used again if it is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder) / "home"
        if not (home / LINK_NAME).exists():
            make_world(home, options.works)
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "pipeline", "--home", home, "web", "--port", "0"],
            stderr=subprocess.PIPE,
            text=True,
        ) as server:
            try:
                assert server.stderr  # noqa: S101 - it was asked for
                address = server.stderr.readline().split()[-1].rstrip("/")
                _measure(address, home, server.pid, options.rounds)
            finally:
                server.send_signal(signal.SIGINT)


def _measure(address: str, home: Path, pid: int, rounds: int) -> None:
    pages = [f"{address}/works/{quote(f'10.5555/cited.{n}')}" for n in SEEN]
    first = [_asked(page) for page in pages]
    again, filtered = [], []
    for page in pages:
        again += [_asked(page) for _ in range(rounds)]
        for _ in range(rounds):
            filtered += [_asked(f"{page}?{urlencode(one)}") for one in FILTERS]
    empty = [_asked(f"{address}/robots.txt") for _ in range(20)]
    print(f"{'milliseconds':32}{'median':>8}{'worst':>8}")
    _print("page, seen for the first time", first)
    _print("page, seen before", again)
    _print("page with a filter", filtered)
    _print("floor: an empty answer", empty)
    _print("floor: one pass of DuckDB", _passes(home))
    print(f"memory of the server: {_peak_mb(pid):,.0f} MB at its peak")


def _asked(url: str) -> float:
    began = time.perf_counter()
    answer = requests.get(url, timeout=60)  # noqa: TID251 - our own server
    took = 1000 * (time.perf_counter() - began)
    answer.raise_for_status()
    return took


def _passes(home: Path) -> Iterable[float]:
    """Reading the statements about one work, and nothing else."""
    with duckdb.connect(home / LINK_NAME, read_only=True) as con:
        for n in SEEN:
            began = time.perf_counter()
            con.execute(
                "select * from core.citation_statement where cited_work_id = ?",
                [f"doi:10.5555/cited.{n}"],
            ).fetchall()
            yield 1000 * (time.perf_counter() - began)


def _peak_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1000
    return float("nan")


def _print(what: str, took: Iterable[float]) -> None:
    times = list(took)
    print(f"{what:32}{statistics.median(times):8.0f}{max(times):8.0f}")


if __name__ == "__main__":
    main()
