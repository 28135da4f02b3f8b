"""Commands that ask sources or take their place, with the simulator on loopback."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from pipeline.simulator.options import APIS

NOBODY = "10.5555/citehouse.nobody-knows-this"
UNCITED = "10.5555/citehouse.queues.2025"


def test_a_file_with_a_wrong_line_is_refreshed_and_ends_with_3(online):
    (online.folder / "dois.txt").write_text(f"# mine\n{UNCITED}\nnot a doi\n{NOBODY}\n")
    done = online("refresh", "--from", "dois.txt", "--json")
    assert done.returncode == 3, done.stderr
    report = json.loads(done.stdout)
    states = {cited["cited_doi"]: cited["state"] for cited in report["cited"]}
    assert states == {UNCITED: "known", NOBODY: "not_indexed"}
    assert "dois.txt, line 3" in done.stderr
    assert report["warnings"][0] == "dois.txt: 1 line is no DOI"


def test_quiet_leaves_only_data(online):
    done = online("refresh", UNCITED, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Done: 1 cited work" in done.stdout


def test_the_doctor_asks_each_source_when_told_to(online):
    findings = json.loads(online.data("doctor", "--online", "--json"))
    asked = [each for each in findings if each["subject"].endswith(" online")]
    assert {each["subject"] for each in asked} == {f"{name} online" for name in APIS}
    assert {each["state"] for each in asked} == {"ok"}


def test_simulate_prints_settings_that_work_and_ends_with_ctrl_c(
    tmp_path: Path, shell_at
):
    shell = shell_at(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", "simulate", "--port", "0"],
        cwd=tmp_path,
        env=shell.variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as simulator:
        pairs = {}
        while "CITEHOUSE_HOME" not in pairs:
            line = simulator.stdout.readline().removeprefix("export ")
            pairs |= [line.strip().split("=")]
        try:
            told = shell_at(tmp_path, **pairs)
            report = json.loads(told.data("refresh", UNCITED, "--json"))
        finally:
            simulator.send_signal(signal.SIGINT)
        _, said = simulator.communicate(timeout=20)
    assert report["cited"][0]["state"] == "known"
    assert report["home"] == str(tmp_path / "citehouse-simulated")
    assert simulator.returncode == 0
    assert "The simulator has ended" in said


def test_parse_prints_one_line_a_file(tmp_path: Path, shell_at):
    (tmp_path / "error.json").write_text('{"error": "not found"}')
    (tmp_path / "text.json").write_text("Resource not found.")
    shell = shell_at(tmp_path)
    done = shell(
        "parse", "crossref", "error.json", "nowhere.json", "text.json", "--json"
    )
    assert done.returncode == 3
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == ["error.json", "text.json"]
    keys = {"file", "kind", "received", "parsed", "rejected", "absent"}
    assert {frozenset(line) for line in lines} == {frozenset(keys)}
    assert "nowhere.json: no such file" in done.stderr
