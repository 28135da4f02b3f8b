"""One contender: a whole refresh by Citehouse, from the first request to the tables.

    python bench/run_citehouse.py DIR URL HOME TARGETS

DIR: of the pages; URL: of their server; TARGETS: how many of the cited works.
"""

import json
import resource
import sys
import time
from pathlib import Path

from openalex_server import DOI_RESOLVER

from pipeline.run import refresh
from pipeline.settings import SourceSettings, load_settings

OFF = SourceSettings(enabled=False)
NO_LIMIT = 100_000.0
"""Requests a second: the limiter is there, and never waits."""


def main() -> None:
    """Refresh the first TARGETS works; print CPU and memory by stage, and records."""
    pages, url, home, targets = sys.argv[1:]
    cited = json.loads((Path(pages) / "cited.json").read_bytes())[: int(targets)]
    here = SourceSettings(base_url=url, requests_per_second=NO_LIMIT)
    names = ("crossref", "opencitations", "europepmc", "semanticscholar", "datacite")
    off = dict.fromkeys((*names, "doiorg", "ncbi"), OFF)
    settings = load_settings(
        home=Path(home), mailto="bench@example.org", openalex=here, **off
    )
    began: dict[str, tuple[float, float]] = {}
    report = refresh(
        [work["doi"].removeprefix(DOI_RESOLVER) for work in cited],
        settings,
        observe=lambda event: began.setdefault(event.stage, _used()),
    )
    ends = [*list(began.values())[1:], _used()]
    for (stage, (start_s, _)), (end_s, peak_mb) in zip(
        began.items(), ends, strict=True
    ):
        print(f"{stage} {end_s - start_s:.2f} s (to {peak_mb:.0f} MB)", end=", ")
    received = sum(source.received for source in report.sources)
    print(f"state {report.state} received {received}")


def _used() -> tuple[float, float]:
    """CPU seconds, and the most memory in MB, of this process so far."""
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return time.process_time(), peak_kb / 1024


if __name__ == "__main__":
    main()
