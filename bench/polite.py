"""Is the limit used, and is it kept? Wall time of a refresh against its own floor.

The simulator allows 10 requests a second to each lane of each source and answers after
300 ms. No client can be faster than the busiest lane's requests / 10 s; the ratio to
that floor, measured in the same run, says what waiting costs. The simulator counts the
requests in sliding windows of its own.

    python bench/polite.py [--cited 200] [--citing 30] [--only openalex]
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipeline.run import refresh
from pipeline.settings import SourceSettings, load_settings
from pipeline.simulator.large import large_world
from pipeline.simulator.options import APIS, Options
from pipeline.simulator.server import running

RATE = 10.0
LATENCY_MS = 300.0


def main() -> None:
    """Measure once and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cited", type=int, default=200)
    parser.add_argument("--citing", type=int, default=30)
    parser.add_argument("--only", choices=APIS, help="switch the other sources off")
    asked = parser.parse_args()
    world = large_world(asked.cited, asked.citing)
    options = Options(
        latency_ms=LATENCY_MS, requests_per_second=RATE, budget_credits=10_000
    )
    with (
        running(world, options) as simulator,
        tempfile.TemporaryDirectory() as home,
    ):
        sources = simulator.settings_overrides()
        if asked.only:
            off = SourceSettings(enabled=False)
            sources = dict.fromkeys(sources, off) | {asked.only: sources[asked.only]}
        settings = load_settings(
            home=Path(home), mailto="bench@example.org", threads=16, **sources
        )
        entered: dict[str, float] = {}
        began = time.monotonic()
        report = refresh(
            world.asked,
            settings,
            observe=lambda event: entered.setdefault(event.stage, time.monotonic()),
        )
        fetched_s = entered["load"] - began
        took_s = time.monotonic() - began
        lanes = Counter((seen.api, seen.lane) for seen in simulator.requests)
        busiest, most = lanes.most_common(1)[0]
        floor_s = most / RATE
        asked_for = len(simulator.requests)
        print(f"run {report.state}, {asked_for} requests in {took_s:.1f} s")
        for (api, lane), count in sorted(lanes.items()):
            rate = simulator.meter.highest_rate(api, lane)
            print(f"  {api:14} {lane:8} {count:5} requests, most in a second: {rate:g}")
        print(*report.warnings, *report.expectations_broken, sep="\n")
        failed = Counter(
            f"{name}: {count.cause}"
            for cited in report.cited
            for name, count in cited.sources.items()
            if count.state == "failed"
        )
        print(f"failed look-ups: {dict(failed)}")
        print(f"refused by the simulator: {simulator.meter.refused()}")
        lane = " ".join(busiest)
        print(f"floor: {lane}, {most} requests / {RATE:g} = {floor_s:.1f} s")
        print(f"ratio: {took_s / floor_s:.2f} in all")
        print(f"ratio: {fetched_s / floor_s:.2f} until loading began")


if __name__ == "__main__":
    main()
