"""``citehouse sources --drift``: what has changed in the shape of the answers."""

import json

import pytest

from pipeline.cli.app import run


def test_drift_is_listed_with_an_example_of_a_request(shell):
    found = json.loads(shell.data("sources", "--drift", "--json"))

    [hologram] = [one for one in found if "hologram" in one["name"]]
    assert hologram["source"] == "openalex"
    assert hologram["kind"] == "unknown_word"
    assert hologram["name"] == "results[].type: hologram"
    assert hologram["record_count"] == 1
    assert hologram["sampled_record_count"] > 1
    assert hologram["first_run"] == hologram["last_run"]
    assert hologram["request_key"].startswith("GET /works?")


def test_the_table_shows_the_same_findings(shell):
    found = json.loads(shell.data("sources", "--drift", "--json"))
    shown = shell.data("sources", "--drift")

    [hologram] = [one for one in found if "hologram" in one["name"]]
    assert "hologram" in "".join(shown.split())
    assert f"1 of {hologram['sampled_record_count']}" in shown


def test_the_summary_of_a_run_has_one_line_of_it(demo):
    said = " ".join((demo.stdout + demo.stderr).split())

    assert said.count("New in the shape of the answers") == 1
    assert "`citehouse sources --drift` lists all" in said


@pytest.mark.usefixtures("nowhere")
def test_without_a_warehouse_the_way_to_one_is_shown(
    capsys: pytest.CaptureFixture[str],
):
    code = run(["sources", "--drift"])

    assert code == 1
    assert "citehouse refresh" in capsys.readouterr().err
