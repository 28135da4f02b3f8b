"""Thirty nights over a world that changes, one source standing still for five of them.

Every night is killed at a random point some times before it is left to end. Then each
past report must come out byte for byte as it was shown on its night, the standstill
must have been reported by its second night, and every alert must have arrived once.
With readers, these query the published file from the first night to the last.

    python bench/thirty_nights.py [--nights 30] [--works 40] [--kills 1] [--readers 0]
"""

import argparse
import datetime as dt
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any, Final

from duckdb import DuckDBPyConnection
from reader import Readers, Seen

from pipeline.alerts.sending import outbox
from pipeline.alerts.subscriptions import add_subscription
from pipeline.run import nightly
from pipeline.settings import SourceSettings, load_settings
from pipeline.simulator.large import large_world
from pipeline.simulator.nights import Night, nights
from pipeline.simulator.options import FAST
from pipeline.simulator.server import Running, running
from pipeline.simulator.world import World
from schemas.alert import Subscription
from warehouse.as_of import open_as_of
from warehouse.connection import open_readonly
from warehouse.report.cited import cited_report

STALLED: Final = range(12, 17)
"""The nights in which OpenAlex shows the world of the night before the first."""

READER_PAUSE_S: Final = 0.1
"""Between two reads of one reader, for each reader that there is: they read ten times a
second together. Without a pause, fifty take the machine from the nights."""

BETWEEN_ATTEMPTS: Final = dt.timedelta(minutes=10)
"""From the start of a night that was killed to the next attempt, by its own clock: two
runs of one moment would have no order."""

EARLY: Final = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


class Receiver:
    """A webhook that remembers what it was told."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        ids = self.ids

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                ids.append(str(self.headers["Idempotency-Key"]))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.target = f"json://127.0.0.1:{self._server.server_port}/"


def main() -> None:
    """Live through the nights, then look back."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--works", type=int, default=40)
    parser.add_argument("--kills", type=int, default=1)
    parser.add_argument("--readers", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--client", nargs=4, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.client:
        _client(*words.client)
        return
    with tempfile.TemporaryDirectory() as folder:
        _live(words, Path(folder))


def _live(words: argparse.Namespace, home: Path) -> None:
    world = large_world(cited=words.works, citing_each=6)
    receiver = Receiver()
    add_subscription(
        home, Subscription(name="all", target=receiver.target, added_at=EARLY)
    )
    dice = Random(words.seed)  # noqa: S311 - moments to kill at, not a secret
    shown: dict[dt.date, dict[str, str]] = {}
    reported: list[int] = []
    before: World = world
    kills = 0
    readers: Readers | None = None
    with running(world, FAST) as simulator:
        for night in nights(world, words.nights - 1, seed=words.seed, cited_each=6):
            if night.number not in STALLED:
                before = night.world
            simulator.show(
                night.world,
                {"openalex": before} if night.number in STALLED else {},
            )
            kills += _kill(simulator, home, night, dice, words.kills)
            report = _end(simulator, home, night, attempt=words.kills)
            if any("OpenAlex stands still" in one for one in report["broken"]):
                reported.append(night.number)
            shown[night.day] = _reports(open_readonly(home), world)
            if readers is None:
                pause_s = READER_PAUSE_S * words.readers
                readers = Readers(home, words.readers, pause_s=pause_s)
    seen = readers.stop() if readers else Seen(0, 0, [], [])
    right = sum(
        _reports(open_as_of(home, _end_of(day)), world) == then
        for day, then in shown.items()
    )
    print(f"{words.nights} nights, killed {kills} times, {len(world.asked)} works")
    print(f"past nights whose reports come out byte for byte: {right} of {len(shown)}")
    print(
        f"nights in which OpenAlex stood still: {list(STALLED)}; reported: {reported}"
    )
    print(
        f"{words.readers} readers: {seen.reads:,} reads of {seen.generations}"
        f" generations; errors: {len(seen.errors)}; torn: {len(seen.torn)}"
    )
    print(*(seen.errors + seen.torn)[:5], sep="\n", end="")
    due = {entry.message.message_id for entry in outbox(home)}
    counts = Counter(receiver.ids)
    print(
        f"alerts due: {len(due)}; arrived: {len(counts)};"
        f" more than once: {sum(count > 1 for count in counts.values())};"
        f" not due: {len(counts.keys() - due)}"
    )


def _kill(
    simulator: Running, home: Path, night: Night, dice: Random, times: int
) -> int:
    done = 0
    for attempt in range(times):
        process = _start(simulator, home, night, attempt)
        time.sleep(dice.uniform(0.5, 5.0))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            done += 1
        process.communicate()
    return done


def _end(simulator: Running, home: Path, night: Night, attempt: int) -> dict[str, Any]:
    process = _start(simulator, home, night, attempt)
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"night {night.number} failed")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def _start(
    simulator: Running, home: Path, night: Night, attempt: int
) -> "subprocess.Popen[str]":
    began = dt.datetime.combine(night.day, dt.time(2), dt.UTC)
    words = [
        str(home),
        json.dumps(simulator.world.asked),
        (began + attempt * BETWEEN_ATTEMPTS).isoformat(),
        json.dumps(simulator.base_urls),
    ]
    return subprocess.Popen(  # noqa: S603 - this program
        [sys.executable, __file__, "--client", *words],
        stdout=subprocess.PIPE,
        text=True,
    )


def _client(home: str, dois: str, began: str, urls: str) -> None:
    moment = dt.datetime.fromisoformat(began)
    sources = {
        name: SourceSettings(base_url=url, requests_per_second=200.0)
        for name, url in json.loads(urls).items()
    }
    settings = load_settings(home=Path(home), mailto="bench@example.org", **sources)
    report = nightly(json.loads(dois), settings, now=lambda: moment)
    print(json.dumps({"broken": report.expectations_broken}))


def _reports(con: DuckDBPyConnection, world: World) -> dict[str, str]:
    with con:
        return {
            doi: cited_report(con, doi).model_dump_json() for doi in world.asked[::3]
        }


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max, dt.UTC)


if __name__ == "__main__":
    main()
