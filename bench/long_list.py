"""A long watch-list and a small budget: is it kept, well spent, and does it suffice?

OpenAlex alone, with so few credits a night that not even all look-ups can be paid for.
After a full load some works are cited again, those that are cited often more likely
than others, as in life. Then nights follow until every changed work has been asked
about and nothing is owed. Counted are the credits of each night as the simulator
counts them, the works looked up and asked about, and the changed ones that were found.

    python bench/long_list.py [--works 100000] [--changed 0.005] [--budget 200]
"""

import argparse
import datetime as dt
import json
import tempfile
from pathlib import Path
from random import Random
from typing import Final

import duckdb
from one_run import run_once

from pipeline.simulator.large import skewed_world
from pipeline.simulator.later import cited_again
from pipeline.simulator.options import Options
from pipeline.simulator.server import Running, running
from pipeline.simulator.world import BEGINNING, World

QUICK: Final = Options(
    requests_per_second=5_000.0, concurrency=64, budget_credits=100_000_000
)
ASKED: Final = ("openalex", "doiorg")
"""doi.org tells the agency of each DOI; it has no budget."""


def main() -> None:
    """Measure, and print a line a night."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--citing", type=int, default=3)
    parser.add_argument("--changed", type=float, default=0.005)
    parser.add_argument("--budget", type=int, default=200)
    parser.add_argument("--nights", type=int, default=40, help="at most")
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(words, Path(folder))


def _measure(words: argparse.Namespace, home: Path) -> None:
    world = skewed_world(words.works, words.citing, words.seed)
    day = BEGINNING + dt.timedelta(days=1)
    changed = _drawn(world, round(words.changed * words.works), words.seed)
    later = cited_again(world, changed, day, seed=words.seed)
    seen = [key for key in changed if _moved(world, later, key)]
    due = {later.works[key].dois[0] for key in seen}
    dois = home / "dois.json"
    dois.write_text(json.dumps(world.asked))
    print(
        f"{words.works:,} works, {len(world.citations):,} citations; {len(changed):,}"
        f" works cited again, {len(due):,} of them for OpenAlex;"
        f" {words.budget} credits a night"
    )
    with running(world, QUICK) as simulator:
        full = run_once(simulator, "refresh", home, dois, BEGINNING, only=ASKED)
        print(f"first load: {full.requests['openalex']:,} requests, {full.cpu_s:.0f} s")
        simulator.show(later)
        left = set(due)
        looked = 0
        for night in range(1, words.nights + 1):
            mark = len(simulator.requests)
            run = run_once(
                simulator,
                "nightly",
                home,
                dois,
                BEGINNING + dt.timedelta(days=night),
                only=ASKED,
                budget=words.budget,
            )
            spent = _credits(simulator, mark)
            looked += run.looked_up
            left -= run.asked
            print(
                f"night {night:2}: {spent:3} credits; {run.looked_up:6,} looked up,"
                f" {len(run.asked):4,} asked, {len(run.owed):4,} owed; of the changed"
                f" {1 - len(left) / len(due):6.1%} found after"
                f" {looked / words.works:4.0%} of the looks; {run.cpu_s:.0f} CPU s"
            )
            if not left and not run.owed:
                break
    print(f"refused for any limit: {simulator.meter.refused()}")
    print(f"new citations missing: {_missing(home, later, seen)}")


def _drawn(world: World, count: int, seed: int) -> list[str]:
    """Cited works, those with many citations more likely."""
    dice = Random(f"long-list/{seed}")  # noqa: S311 - a choice, not a secret
    keys = [key for key in world.works if key.startswith("cited/")]
    weights = {key: len(world.citing("openalex", key)) + 0.2 for key in keys}
    drawn = sorted(keys, key=lambda key: dice.random() ** (1 / weights[key]))
    return sorted(drawn[-count:])


def _moved(before: World, after: World, key: str) -> bool:
    return len(after.citing("openalex", key)) != len(before.citing("openalex", key))


def _credits(simulator: Running, mark: int) -> int:
    """Lists cost one; a single work costs nothing."""
    return sum(
        seen.api == "openalex" and "/works?" in seen.target
        for seen in simulator.requests[mark:]
    )


def _missing(home: Path, world: World, keys: list[str]) -> int:
    """Citations of the changed works that OpenAlex knows and the warehouse does not."""
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        counts = dict(
            con.sql("select cited_doi, citing_work_count from mart.tally").fetchall()
        )
    return sum(
        len(world.citing("openalex", key)) - counts[world.works[key].dois[0]]
        for key in keys
    )


if __name__ == "__main__":
    main()
