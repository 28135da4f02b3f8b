"""The README is true: its commands run, and its questions have the answers it shows.

The two set-up commands are run by `.ci/run`, which reads them from the README.
`pytest tests/test_readme.py --update-golden` writes the answers anew.
"""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from pipeline.simulator.sample import sample_world
from pipeline.simulator.server import running

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUESTION = re.compile(
    r"^\*\*(?P<title>[^*]+)\*\*.*?^```sql\n(?P<sql>.*?)^```\n\n"
    r"<!-- answer: (?P<number>\d+) -->\n(?P<answer>(?:\|[^\n]*\n)*)",
    re.MULTILINE | re.DOTALL,
)
QUESTIONS = list(QUESTION.finditer(README.read_text()))
SET_UP = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt "
"""What both set-up commands begin with."""
SERVES = "citehouse web\n"
"""Runs until it is ended, so it stands in a block of its own."""

README_DOI = "10.7717/peerj.4375"
SAMPLE_DOI = "10.5555/citehouse.tides.2021"
"""The README names a DOI of the real world; the simulated sources have their own."""


@dataclass(frozen=True)
class Place:
    """Where a reader of the README sits: a folder with the environment in `.venv`."""

    folder: Path
    variables: dict[str, str]

    def run(self, script: str) -> str:
        """What a shell script writes to stdout, run to its end without an error."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A fresh folder, with the simulator in the place of the public APIs."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / ".venv").symlink_to(sys.prefix)
    with running(sample_world()) as server:
        bases = {
            f"CITEHOUSE_{name.upper()}__BASE_URL": url
            for name, url in server.base_urls.items()
        }
        kept = {name: os.environ[name] for name in ("PATH", "HOME")}  # noqa: TID251
        yield Place(folder, {**kept, **bases, "DO_NOT_TRACK": "1"})


@pytest.fixture(scope="module")
def demo_home(place: Place) -> Path:
    """The warehouse that the demo leaves behind."""
    place.run(".venv/bin/citehouse demo")
    return place.folder / "citehouse-demo"


def shell_blocks() -> list[str]:
    return SHELL.findall(README.read_text())


def asked(place: Place, home: Path, sql: str) -> list[dict[str, object]]:
    script = f'.venv/bin/citehouse --home "{home}" query --format json "{sql}"'
    found: list[dict[str, object]] = json.loads(place.run(script))
    return found


def as_table(rows: list[dict[str, object]]) -> str:
    """Rows as a Markdown table; an empty cell is null."""
    head = list(rows[0])
    lines = [head, ["---"] * len(head)]
    lines += [[_cell(row[name]) for name in head] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text.replace("|", r"\|")


def write_answer(number: str, table: str) -> None:
    marker = f"<!-- answer: {number} -->\n"
    before, after = README.read_text().split(marker)
    rest = re.sub(r"\A(\|.*\n)*", "", after)
    README.write_text(f"{before}{marker}{table}{rest}")


def test_there_are_two_set_up_commands_and_ci_can_tell_them_apart():
    lines = README.read_text().splitlines()
    set_up = [line for line in lines if line.startswith("python3 -m venv")]
    assert set_up == [
        f"{SET_UP}. && .venv/bin/citehouse demo",
        f"{SET_UP}-e '.[dev]' && .venv/bin/pytest",
    ]


def test_ci_takes_the_commands_from_here():
    script = (ROOT / ".ci" / "run").read_text()
    assert SET_UP not in script
    for end in ("pytest$", "citehouse demo$"):
        assert f"grep -E '^python3 -m venv .*{end}' README.md" in script


def test_the_everyday_commands_run_one_after_the_other(place: Place):
    blocks = [
        block
        for block in shell_blocks()
        if not block.startswith(SET_UP) and block != SERVES
    ]
    script = "\n".join(blocks)
    assert script.count(README_DOI) == 9
    place.run(script.replace(README_DOI, SAMPLE_DOI))
    assert (place.folder / "citing.bib").read_text().startswith("@")
    assert "<h1" in (place.folder / "report.html").read_text()
    assert (place.folder / "badge.svg").read_text().startswith("<svg")
    with (place.folder / "counts.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["cited_doi"] for row in rows} == {SAMPLE_DOI}
    assert all(row["citing_work_count"] for row in rows)


def test_the_web_command_serves_what_is_published(place: Place, demo_home: Path):
    assert shell_blocks().count(SERVES) == 1
    program, *words = SERVES.split()
    with subprocess.Popen(
        [place.folder / ".venv" / "bin" / program, *words],
        env=place.variables | {"CITEHOUSE_HOME": str(demo_home)},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr
            address = server.stderr.readline().split()[-1]
            assert httpx.get(address).status_code == 200
        finally:
            server.send_signal(signal.SIGINT)


def test_there_are_five_questions():
    assert [question["number"] for question in QUESTIONS] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one["title"])
def test_a_question_has_the_answer_that_the_readme_shows(
    question: re.Match[str],
    place: Place,
    demo_home: Path,
    pytestconfig: pytest.Config,
):
    table = as_table(asked(place, demo_home, question["sql"]))
    if pytestconfig.getoption("--update-golden"):
        write_answer(question["number"], table)
    else:
        assert question["answer"] == table
