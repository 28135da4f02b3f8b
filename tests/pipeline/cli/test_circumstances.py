"""Settings, homes, disks and streams that are not as they should be."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.app import run

pytestmark = pytest.mark.usefixtures("nowhere")


def one_line(text: str) -> str:
    """The only line of a text."""
    lines = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]


READING = [
    "works show 10.5555/a",
    "works log",
    "works merge 10.5555/a 10.5555/b",
    "works split 10.5555/a --token pmid:1",
    "works undo d1",
    "replay",
    "rebuild",
    "verify",
    "trace 10.5555/a",
    "report 10.5555/a",
    "query select(1)",
    "sources --drift",
]
"""What begins with a warehouse or an archive that is there."""


@pytest.mark.parametrize("words", READING)
def test_a_mistyped_home_is_named_and_not_made(
    words: str, nowhere: Path, capsys: pytest.CaptureFixture[str]
):
    assert run([*words.split(), "--home", "typo"]) == 1
    printed = capsys.readouterr()
    line = one_line(printed.err)
    for part in ("in typo", "no such folder", "--home", "citehouse refresh DOI"):
        assert part in line
    assert printed.out == ""
    assert list(nowhere.iterdir()) == []


@pytest.mark.parametrize("words", READING)
def test_a_folder_without_a_warehouse_is_left_as_it_is(
    words: str, nowhere: Path, capsys: pytest.CaptureFixture[str]
):
    (nowhere / "empty").mkdir()
    assert run([*words.split(), "--home", "empty"]) == 1
    assert "citehouse refresh DOI" in one_line(capsys.readouterr().err)
    assert list((nowhere / "empty").iterdir()) == []


def test_the_doctor_makes_no_home(nowhere: Path):
    assert run(["doctor", "--home", "typo"]) == 0
    assert list(nowhere.iterdir()) == []


@pytest.mark.parametrize("home", ["/dev/null", "/dev/null/below", "/proc/nowhere"])
def test_a_home_that_cannot_be_written_is_wrong_use(
    home: str, capsys: pytest.CaptureFixture[str]
):
    assert run(["refresh", "10.5555/a", "--home", home]) == 2
    line = one_line(capsys.readouterr().err)
    assert f"cannot write to {home}" in line
    assert "CITEHOUSE_HOME" in line


@pytest.mark.parametrize("memory", ["lots", "2", "-1", "GB"])
def test_a_memory_limit_without_a_unit_is_found_before_anybody_is_asked(
    memory: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CITEHOUSE_MEMORY_LIMIT", memory)
    assert run(["refresh", "10.5555/a"]) == 2
    assert "CITEHOUSE_MEMORY_LIMIT" in one_line(capsys.readouterr().err)


def test_a_source_setting_that_is_no_json_names_the_source(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CITEHOUSE_OPENALEX", "{")
    assert run(["sources"]) == 2
    assert "openalex" in one_line(capsys.readouterr().err)


def test_a_dotenv_that_is_no_text_is_named(
    nowhere: Path, capsys: pytest.CaptureFixture[str]
):
    (nowhere / ".env").write_bytes(b"\xff\xfe")
    assert run(["sources"]) == 2
    assert ".env cannot be read" in one_line(capsys.readouterr().err)


def test_an_empty_setting_is_a_setting_that_is_not_there(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CITEHOUSE_HOME", "")
    (nowhere / ".env").write_text("CITEHOUSE_MAILTO=\nCITEHOUSE_THREADS=\n")
    run(["doctor", "--json"])
    findings = json.loads(capsys.readouterr().out)
    found = {each["subject"]: each["found"] for each in findings}
    assert found["home"].startswith(str(Path.home() / "citehouse"))
    assert found["contact"] == "CITEHOUSE_MAILTO is not set"


def test_a_file_without_any_line_is_named(
    nowhere: Path, capsys: pytest.CaptureFixture[str]
):
    (nowhere / "dois.txt").write_text("# later\n")
    assert run(["refresh", "--from", "dois.txt"]) == 2
    assert "no DOI in dois.txt" in one_line(capsys.readouterr().err)


def test_a_full_disk_is_said_plainly_and_is_nothing_to_report():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "sources"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "report it" not in done.stderr


def test_a_closed_stdout_is_no_crash():
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m pipeline sources >&-"],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
