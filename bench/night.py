"""A second night over many watched works, of which few have changed.

Three runs: a full night, the night after it in which some works have been cited again,
and a clean load of that later world. Counted are the requests of each, by source; the
CPU time of the program that asks; the rows that the night rewrote; and whether its
tables are those of the clean load. The simulator answers at once, and in a process of
its own, so that its time is nobody's.

    python bench/night.py [--works 10000] [--citing 10] [--changed 0.02]
"""

import argparse
import datetime as dt
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

import duckdb
from one_run import run_once

from pipeline.simulator.large import skewed_world
from pipeline.simulator.later import cited_again
from pipeline.simulator.options import Options
from pipeline.simulator.server import running
from pipeline.simulator.world import BEGINNING

QUICK: Final = Options(
    requests_per_second=5_000.0, concurrency=64, budget_credits=10_000_000
)
"""No limit is in the way: requests are counted, not timed."""

TABLES: Final = (
    "core.work",
    "core.work_identifier",
    "core.authorship",
    "core.citation",
    "core.version_group",
    "core.notice",
    "mart.citations_by_year_and_type",
    "mart.citations_by_journal",
    "mart.citations_by_author",
    "mart.tally",
)
"""What a night and a clean load must agree on; the others tell of runs."""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--citing", type=int, default=10)
    parser.add_argument("--changed", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(words, Path(folder))


def _measure(words: argparse.Namespace, folder: Path) -> None:
    world = skewed_world(words.works, words.citing, words.seed)
    day = BEGINNING + dt.timedelta(days=1)
    dice = Random(f"night/{words.seed}")  # noqa: S311 - a choice, not a secret
    cited = [f"cited/{place}" for place in range(words.works)]
    changed = sorted(dice.sample(cited, round(words.changed * words.works)))
    later = cited_again(world, changed, day, seed=words.seed)
    dois = folder / "dois.json"
    dois.write_text(json.dumps(world.asked))
    new = len(later.citations) - len(world.citations)
    print(
        f"{words.works:,} works, {len(world.citations):,} citations;"
        f" {len(changed):,} works cited again, {new:,} new citations"
    )
    with running(world, QUICK) as simulator:
        home, clean = folder / "home", folder / "clean"
        full = run_once(simulator, "refresh", home, dois, BEGINNING)
        simulator.show(later)
        before = _tables(home)
        night = run_once(simulator, "nightly", home, dois, day)
        loaded = run_once(simulator, "refresh", clean, dois, day)
        simulator.show(world)
    after, right = _tables(home), _tables(clean)
    for name, run in (("full", full), ("night", night), ("clean load", loaded)):
        asked = ", ".join(f"{api} {n:,}" for api, n in sorted(run.requests.items()))
        print(
            f"{name:>10}: {run.requests.total():,} requests ({asked});"
            f" {run.cpu_s:.0f} CPU s, {run.peak_mb:.0f} MB"
        )
    share = night.requests.total() / loaded.requests.total()
    print(f"requests of the night: {share:.1%} of a full refresh")
    wrong = [name for name in TABLES if after[name] != right[name]]
    print(f"tables that differ from the clean load: {wrong or 'none'}")
    print(f"new citations found: {_edges(home) - _known(before)} of {new:,} shown")
    print(_rewritten(home, before, after))


def _tables(home: Path) -> dict[str, Sequence[Any]]:
    """Each table as a hash of each row and how often it is there."""
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return {
            name: con.sql(
                f"select hash(t) as row_hash, count(*) from {name} as t"  # noqa: S608
                " group by row_hash order by row_hash"
            ).fetchall()
            for name in TABLES
        }


def _edges(home: Path) -> int:
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        ((count,),) = con.sql("select count(*) from core.citation").fetchall()
        return int(count)


def _known(tables: dict[str, Sequence[Any]]) -> int:
    return sum(count for _, count in tables["core.citation"])


def _rewritten(
    home: Path, before: dict[str, Sequence[Any]], after: dict[str, Sequence[Any]]
) -> str:
    """Rows that the night wrote, beside those that really differ."""
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        wrote = {
            name: (added, removed)
            for name, added, removed in con.sql(
                "select table_name, added_count, removed_count"
                " from history.table_change where publication_no = 2"
            ).fetchall()
        }
    lines = ["rows written by the night, and rows that differ:"]
    for name in TABLES:
        was, became = Counter(dict(before[name])), Counter(dict(after[name]))
        differ = (became - was).total(), (was - became).total()
        kept = (was & became).total()
        added, removed = wrote.get(name, (0, 0))
        lines.append(
            f"  {name}: +{added:,} -{removed:,} written, +{differ[0]:,}"
            f" -{differ[1]:,} differ, {kept:,} not touched"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
