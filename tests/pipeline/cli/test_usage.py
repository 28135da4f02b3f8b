"""Wrong use, wrong circumstances: one line on stderr, the right exit code, no crash."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import app, console
from pipeline.cli.app import run
from pipeline.cli.refresh import _wanted

pytestmark = pytest.mark.usefixtures("nowhere")


def one_line(text: str) -> str:
    """The only line of a text."""
    lines = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["refrsh"], "No such command 'refrsh'. Did you mean 'refresh'?"),
        (["refresh", "--jsn"], "No such option: --jsn"),
        (["report"], "Missing argument 'DOI'"),
        (["--home"], "Option '--home' requires an argument"),
        (["simulate", "--port", "many"], "Invalid value for '--port'"),
        (["refresh"], "no DOI to refresh; give DOIs, or a file"),
        (["refresh", "--watched"], "no work is watched; `citehouse watch add DOI`"),
        (["refresh", "--watched", "--tag", "a"], "no work has the tag 'a'"),
        (["refresh", "--tag", "a"], "give --watched as well"),
        (["watch", "add", "nonsense"], "not a DOI: 'nonsense'"),
        (["watch", "add", "10.5555/a", "--tag", "a,b"], "not a tag: 'a,b'"),
        (["watch", "import", "missing.bib"], "cannot read missing.bib: No such file"),
        (["watch", "import", "."], "cannot read .: Is a directory"),
        (["watch", "remove"], "nothing to remove; give DOIs"),
        (["watch", "remove", "--tag-only"], "name it by --tag TAG"),
        (["watch", "remove", "10.5555/a", "--tag", "a"], "--tag-only 10.5555/a"),
        (["refresh", "10.5555/a", "nonsense"], "not a DOI: 'nonsense'"),
        (["refresh", "--from", "missing.txt"], "cannot read missing.txt: No such file"),
        (["refresh", "--from", "."], "cannot read .: Is a directory"),
        (["report", "nonsense"], "not a DOI: 'nonsense'"),
        (["parse", "nobody", "x.json"], "no source is called 'nobody'"),
        (["parse", "openalex", "missing.json"], "missing.json: no such file"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
):
    assert run(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    line = one_line(shown.err)
    assert line.startswith("citehouse: ")
    assert says in line


def test_a_setting_that_does_not_fit_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CITEHOUSE_THREADS", "many")
    assert run(["sources"]) == 2
    assert "CITEHOUSE_THREADS" in one_line(capsys.readouterr().err)


def test_no_command_shows_the_help_on_stderr(capsys: pytest.CaptureFixture[str]):
    assert run([]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "demo" in shown.err


@pytest.mark.parametrize("module", app._COMMANDS, ids=lambda module: module.NAME)
def test_every_command_has_an_example_in_its_help(
    module: object, capsys: pytest.CaptureFixture[str]
):
    assert run([module.NAME, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Examples:" in shown
    for example in module.EXAMPLES:
        assert example in shown
        assert module.NAME in example


def test_the_first_line_of_each_command_fits_the_list(
    capsys: pytest.CaptureFixture[str],
):
    assert run(["--help"]) == 0
    assert "..." not in capsys.readouterr().out.replace("[ARGS]...", "")


def test_version_is_data(capsys: pytest.CaptureFixture[str]):
    assert run(["--version"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("citehouse ")
    assert shown.err == ""


@pytest.mark.parametrize(
    "words",
    [
        ["--home", "elsewhere", "doctor", "--json"],
        ["doctor", "--home", "elsewhere", "--json"],
        ["doctor", "--json", "--home=elsewhere"],
    ],
)
def test_home_may_stand_before_and_after_the_command(
    words: list[str], capsys: pytest.CaptureFixture[str]
):
    run(words)
    findings = json.loads(capsys.readouterr().out)
    home = next(each["found"] for each in findings if each["subject"] == "home")
    assert home.startswith("elsewhere")


def test_words_after_two_dashes_are_left_alone():
    words = ["query", "--", "--home", "x"]
    assert app._options_first(words) == words


def test_home_in_the_settings_may_begin_with_a_tilde(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CITEHOUSE_HOME", "~/warehouse")
    run(["doctor", "--json"])
    findings = json.loads(capsys.readouterr().out)
    home = next(each["found"] for each in findings if each["subject"] == "home")
    assert home.startswith(str(Path.home() / "warehouse"))


def test_an_unexpected_error_is_one_line_that_names_the_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def fail() -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("pipeline.sources.all_sources", fail)
    assert run(["sources"]) == 1
    line = one_line(capsys.readouterr().err)
    assert "unexpected KeyError: 'surprise'" in line
    kept = Path(line.split("The traceback is in ")[1].split(". ")[0])
    assert "surprise" in kept.read_text()
    kept.unlink()


def test_debug_shows_the_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def fail() -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("pipeline.sources.all_sources", fail)
    assert run(["sources", "--debug"]) == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_ctrl_c_says_that_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.sources.all_sources", stop)
    assert run(["sources"]) == 130
    assert "stopped" in one_line(capsys.readouterr().err)


def test_a_reader_who_leaves_early_is_no_error():
    script = "import pipeline.cli.app as app, sys; sys.exit(app.run(['sources']))"
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", script],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_titles_that_the_locale_cannot_print_are_printed_escaped(
    monkeypatch: pytest.MonkeyPatch,
):
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    console.prepare_streams()
    console.write_data("caf\u00e9")
    narrow.seek(0)
    assert narrow.read() == "caf\\xe9"


def test_what_could_steer_a_terminal_is_taken_out():
    assert console.printable("a\x1b[31mb\nc\x9b") == "a [31mb c"


def test_a_file_of_dois_gives_each_work_once_and_complains_by_line(nowhere: Path):
    file = nowhere / "dois.txt"
    file.write_bytes(
        b"\xef\xbb\xbf10.5555/a\r\n# more\r\n"
        b"https://doi.org/10.5555/A\nnot a doi\n\xff\n"
    )
    wanted = _wanted(["10.5555/b", "doi:10.5555/B"], str(file))
    assert wanted.dois == ["10.5555/b", "10.5555/a"]
    assert [complaint.split(": ")[0] for complaint in wanted.complaints] == [
        f"{file}, line 4",
        f"{file}, line 5",
    ]


def test_a_file_without_any_doi_is_wrong_use(
    nowhere: Path, capsys: pytest.CaptureFixture[str]
):
    (nowhere / "dois.txt").write_text("one\ntwo\n")
    assert run(["refresh", "--from", "dois.txt"]) == 2
    assert "no line of dois.txt is a DOI" in one_line(capsys.readouterr().err)
