"""A reader of the published warehouse, in a process of its own, until told to stop.

Opens, reads and closes again and again. An error is a finding; so is a number that does
not agree with another of the same generation, which half a generation would show.

    python bench/reader.py HOME [--pause SECONDS]
"""

import argparse
import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from warehouse.connection import open_readonly, published_file

_AGREES: Final = {
    "what came and what became of it": (
        "select source from core.run_source"
        " where received <> loaded + duplicate + rejected + absent"
    ),
    "tallies and citations": (
        "select cited_doi from mart.tally as tally"
        " join core.cited_doi as cited on tally.cited_doi = cited.doi"
        " where tally.citing_work_count <>"
        " (select count(*) from core.citation where cited_work_id = cited.work_id)"
    ),
    "tallies and years": (
        "select cited_doi from mart.tally as tally where citing_work_count <> ("
        "select coalesce(sum(citing_work_count), 0)"
        " from mart.citations_by_year_and_type as cell"
        " where cell.cited_doi = tally.cited_doi)"
    ),
    "cited works": "select 1 where not exists (from mart.tally)",
}
"""Of each a question about rows that should not be there."""


@dataclass
class Seen:
    """What readers saw.

    Attributes:
        reads: how often one opened, read and closed.
        generations: different published files.
        errors: of opening or reading.
        torn: numbers that did not agree.
    """

    reads: int
    generations: int
    errors: list[str]
    torn: list[str]


class Readers:
    """Some readers at work; `stop` ends them and adds up what they saw."""

    def __init__(self, home: Path, count: int, *, pause_s: float = 0.0) -> None:
        words = [sys.executable, __file__, str(home), "--pause", str(pause_s)]
        self._processes = [
            subprocess.Popen(words, stdout=subprocess.PIPE, text=True)  # noqa: S603
            for _ in range(count)
        ]

    def stop(self) -> Seen:
        """End them; generations are those of the reader who saw most."""
        for process in self._processes:
            process.send_signal(signal.SIGTERM)
        found = [
            Seen(**json.loads(process.communicate()[0])) for process in self._processes
        ]
        return Seen(
            reads=sum(one.reads for one in found),
            generations=max((one.generations for one in found), default=0),
            errors=[error for one in found for error in one.errors],
            torn=[what for one in found for what in one.torn],
        )


def torn(home: Path) -> list[str]:
    """What is wrong with the published file: nothing, or half a generation."""
    if published_file(home) is None:
        return []
    return read(home)[1]


def read(home: Path) -> tuple[str, list[str]]:
    """The published file by name, and what does not add up in it."""
    path = published_file(home)
    with open_readonly(home) as con:
        con.execute("set threads = 1")
        wrong = [
            f"{path}: {what}: {row}"
            for what, sql in _AGREES.items()
            for row in con.execute(sql).fetchall()
        ]
    return str(path), wrong


def _read_until_told(home: Path, pause_s: float) -> Seen:
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    found, files = Seen(0, 0, [], []), set()
    while not told:
        try:
            path, wrong = read(home)
        except Exception as err:  # noqa: BLE001 - any error of a reader is a finding
            found.errors.append(f"{type(err).__name__}: {err}")
        else:
            files.add(path)
            found.torn += wrong
        found.reads += 1
        time.sleep(pause_s)
    found.generations = len(files)
    return found


def main(words: Sequence[str] | None = None) -> None:
    """Read until SIGTERM; then print what was seen, as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--pause", type=float, default=0.0)
    asked = parser.parse_args(words)
    print(json.dumps(vars(_read_until_told(asked.home, asked.pause))))


if __name__ == "__main__":
    main()
