"""The measurements' own parts at a small size: they run, and count what there is."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench"
TARGETS, CITING = 2, 250


def run(script: str, *words: str | Path) -> str:
    command = [sys.executable, str(BENCH / script), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def lists(pages: Path, kind: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for path in sorted((pages / kind).glob("*/*.json.gz")):
        page = json.loads(gzip.decompress(path.read_bytes()))
        found.setdefault(path.parent.name, []).extend(page["results"])
    return found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    size = ("--targets", str(TARGETS), "--citing", str(CITING), "--full-targets", "1")
    run("openalex_pages.py", folder, *size)
    return folder


@pytest.fixture(params=["select", "full"])
def url(request, pages):
    targets = TARGETS if request.param == "select" else 1
    command = [sys.executable, str(BENCH / "openalex_server.py"), str(pages)]
    command += ["--full"] if request.param == "full" else []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        yield server.stdout.readline().strip(), targets
        server.terminate()


def test_each_list_is_of_its_length_and_cites_its_work(pages):
    found = lists(pages, "select")
    assert {len(works) for works in found.values()} == {CITING}
    for name, works in found.items():
        cited = f"https://openalex.org/{name}"
        assert all(cited in work["referenced_works"] for work in works)


def test_a_tenth_of_a_list_stands_in_the_next_one_too(pages):
    names = [
        {work["id"] for work in works} for works in lists(pages, "select").values()
    ]
    assert len(names[0] & names[1]) == CITING // 10


def test_a_whole_work_holds_what_the_selected_one_holds(pages):
    ((name, whole),) = lists(pages, "full").items()
    selected = lists(pages, "select")[name]
    for one, other in zip(whole, selected, strict=True):
        assert one.items() > other.items()


def test_the_sizes_are_those_of_the_public_answers(pages):
    def mean(kind: str) -> float:
        works = [work for listed in lists(pages, kind).values() for work in listed]
        return sum(len(json.dumps(work)) for work in works) / len(works)

    assert 6_000 < mean("select") < 9_000
    assert 12_000 < mean("full") < 16_000


def test_citehouse_gets_every_work_from_the_server(pages, url, tmp_path):
    address, targets = url
    said = run("run_citehouse.py", pages, address, tmp_path / "home", str(targets))
    works = targets + targets * CITING
    assert said.split()[-4:] == ["state", "complete", "received", str(works)]


def test_a_night_is_measured_against_a_clean_load():
    said = run("night.py", "--works", "40", "--citing", "5", "--changed", "0.1")
    assert "tables that differ from the clean load: none" in said
    found = re.search(r"new citations found: (\d+) of (\d+) shown", said)
    assert found
    assert found[1] == found[2] != "0"


def test_nights_that_are_killed_are_looked_back_on():
    said = run("thirty_nights.py", "--nights", "2", "--works", "3", "--readers", "2")
    assert "past nights whose reports come out byte for byte: 2 of 2" in said
    assert "more than once: 0; not due: 0" in said
    reads = re.search(
        r"2 readers: (\d+) reads of \d generations; errors: 0; torn: 0", said
    )
    assert reads
    assert int(reads[1]) > 1


def test_a_small_budget_is_kept_and_suffices_in_the_end():
    said = run("long_list.py", "--works", "60", "--changed", "0.1", "--budget", "3")
    assert "100.0% found" in said
    assert "refused for any limit: 0" in said
    assert "new citations missing: 0" in said
    assert max(int(n) for n in re.findall(r"night .*: +(\d+) credits", said)) <= 3
