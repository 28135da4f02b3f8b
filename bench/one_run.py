"""One run in a process of its own, so that its time and memory are nobody else's.

`run_once` starts it against a simulator, on a day of the simulator's world, and says
what it took and what it asked.
"""

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.archive import Archive
from pipeline.run import nightly, refresh
from pipeline.settings import SourceSettings, load_settings
from pipeline.simulator.server import Running


@dataclass(frozen=True)
class OneRun:
    """What a run took.

    Attributes:
        requests: by source.
        looked_up, asked, owed: DOIs of OpenAlex; none but of a night.
        warnings: of its report.
    """

    cpu_s: float
    peak_mb: float
    exit_code: int
    requests: Counter[str]
    looked_up: int
    asked: frozenset[str]
    owed: frozenset[str]
    warnings: tuple[str, ...]


def run_once(  # noqa: PLR0913 - what a run is, each named once
    simulator: Running,
    command: Literal["refresh", "nightly"],
    home: Path,
    dois: Path,
    day: dt.date,
    *,
    only: Collection[str] = (),
    budget: int | None = None,
) -> OneRun:
    """Run `command` over the DOIs of a JSON file, on a day at two in the morning.

    Args:
        simulator: asked in the place of the sources.
        command: which run.
        home: of the warehouse.
        dois: a file with a JSON list.
        day: the run's own date.
        only: the sources that are asked; none: all.
        budget: of OpenAlex, in credits.
    """
    urls = {
        api: url for api, url in simulator.base_urls.items() if not only or api in only
    }
    mark = len(simulator.requests)
    words = [str(home), str(dois), command, str(day), json.dumps(urls), str(budget)]
    done = subprocess.run(  # noqa: S603 - this program
        [sys.executable, __file__, *words],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    sets = {name: frozenset(said.pop(name)) for name in ("asked", "owed")}
    requests = Counter(seen.api for seen in simulator.requests[mark:])
    return OneRun(
        requests=requests, warnings=tuple(said.pop("warnings")), **said, **sets
    )


def _run(words: argparse.Namespace) -> None:
    day = dt.date.fromisoformat(words.day)
    moment = dt.datetime.combine(day, dt.time(2), dt.UTC)
    urls = json.loads(words.urls)
    budget = json.loads(words.budget.replace("None", "null"))
    sources = {
        api: SourceSettings(
            base_url=urls.get(api),
            enabled=api in urls,
            requests_per_second=5_000.0,
            budget=budget if api == "openalex" else None,
        )
        for api in _apis()
    }
    settings = load_settings(
        home=words.home, mailto="bench@example.org", batch_size=100, **sources
    )
    ask = nightly if words.command == "nightly" else refresh
    report = ask(json.loads(words.dois.read_text()), settings, now=lambda: moment)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "cpu_s": usage.ru_utime + usage.ru_stime,
                "peak_mb": usage.ru_maxrss / 1024,
                "exit_code": report.exit_code,
                "warnings": report.warnings,
                **_planned(words.home),
            }
        )
    )


def _apis() -> Sequence[str]:
    from pipeline.sources import all_sources  # noqa: PLC0415 - not of who starts it

    return tuple(all_sources())


def _planned(home: Path) -> dict[str, object]:
    run = Archive(home).runs()[-1]
    askings = run.plan.askings if run.plan else ()
    return {
        "looked_up": sum(
            one.doi_count
            for one in askings
            if (one.source, one.reason) == ("openalex", "look_up")
        ),
        "asked": [doi for doi, sources in run.asked.items() if "openalex" in sources],
        "owed": list(run.owed.get("openalex", ())),
    }


def main() -> None:
    """Run once, and print what it took as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("dois", type=Path)
    parser.add_argument("command")
    parser.add_argument("day")
    parser.add_argument("urls")
    parser.add_argument("budget")
    _run(parser.parse_args())


if __name__ == "__main__":
    main()
