"""The shape of the project: who imports whom, how large files are, what sources say."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.sources import all_sources
from pipeline.sources.base import Source

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("pipeline", "flows", "schemas", "warehouse")
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
SQL_FILES = sorted((ROOT / "warehouse" / "sql").rglob("*.sql"))
MODELS = [path for path in SQL_FILES if path.parent.name != "migrations"]
MAX_LINES = 300
SAYS_NOTHING = {"utils", "util", "helpers", "common", "misc", "data", "process", "main"}


def path_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_imports_go_one_way():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_file_holds_one_idea():
    long = {path_of(file): lines_of(file) for file in [*MODULES, *MODELS]}
    assert {file: n for file, n in long.items() if n > MAX_LINES} == {}


def test_a_name_says_what_is_inside():
    assert [path_of(file) for file in MODULES if file.stem in SAYS_NOTHING] == []


def test_a_module_begins_by_saying_what_it_is():
    mute = [file for file in MODULES if not file.read_text().startswith('"""')]
    assert [path_of(file) for file in mute] == []


def test_a_sql_file_begins_by_saying_what_it_is():
    mute = [file for file in SQL_FILES if not file.read_text().startswith("--")]
    assert [path_of(file) for file in mute] == []


def test_tests_are_not_packages():
    # A tests/pipeline/__init__.py would be imported as `pipeline` itself.
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_sql_lies_in_sql_files_of_the_warehouse():
    tracked = {path for name in PACKAGES for path in (ROOT / name).rglob("*.sql")}
    assert tracked == set(SQL_FILES)
    assert SQL_FILES


def test_the_folder_of_sources_is_the_registry():
    files = {path.stem for path in (ROOT / "pipeline" / "sources").glob("[!_]*.py")}
    assert set(all_sources()) == files - {"base"}
    assert {"openalex", "crossref", "opencitations", "doiorg"} <= set(all_sources())


@pytest.mark.parametrize("source", all_sources().values(), ids=lambda one: one.name)
def test_a_source_states_its_facts(source: Source):
    assert source.title
    assert source.docs_url.startswith("https://")
    assert source.base_url.startswith("https://")
    assert source.licence
    assert source.limits
    assert dt.date(2026, 1, 1) <= source.checked_on <= dt.date.today()  # noqa: DTZ011


@pytest.mark.parametrize("source", all_sources().values(), ids=lambda one: one.name)
def test_a_source_can_be_set(source: Source, settings: Settings):
    assert settings.of(source.name).enabled
