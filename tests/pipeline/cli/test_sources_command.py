"""``citehouse sources``: what is asked, and what is not and why."""

import json
from typing import get_args

import pytest

from pipeline.cli.app import run
from schemas.provenance import Source


def facts(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    assert run(["sources", "--json"]) == 0
    return {each["name"]: each for each in json.loads(capsys.readouterr().out)}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.setenv("CITEHOUSE_HOME", str(tmp_path))
    monkeypatch.delenv("CITEHOUSE_SEMANTICSCHOLAR__API_KEY", raising=False)
    monkeypatch.delenv("CITEHOUSE_SEMANTICSCHOLAR__BASE_URL", raising=False)


def test_a_source_that_needs_a_key_is_off_until_it_has_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = facts(capsys)["semanticscholar"]
    monkeypatch.setenv("CITEHOUSE_SEMANTICSCHOLAR__API_KEY", "an-invented-key")
    after = facts(capsys)["semanticscholar"]

    assert (before["enabled"], before["off"]) == (False, "off: no key")
    assert (after["enabled"], after["off"]) == (True, None)


def test_the_table_says_why_a_source_is_off(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITEHOUSE_OPENALEX__ENABLED", "false")

    assert run(["sources"]) == 0

    shown = capsys.readouterr().out
    assert "Semantic Scholar (off: no key)" in shown
    assert "OpenAlex (off)" in shown


def test_services_that_describe_no_works_say_what_they_give(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = facts(capsys)

    assert found["ncbi"]["gives"] == ["identifiers"]
    assert found["doiorg"]["gives"] == ["registration agencies"]


def test_the_doctor_asks_no_source_without_its_key_and_says_how_to_turn_it_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in get_args(Source):
        if name != "semanticscholar":
            monkeypatch.setenv(f"CITEHOUSE_{name.upper()}__ENABLED", "false")

    run(["doctor", "--online", "--json"])

    found = {each["subject"]: each for each in json.loads(capsys.readouterr().out)}
    assert found["semanticscholar"]["state"] == "note"
    assert "no key" in found["semanticscholar"]["found"]
    assert "CITEHOUSE_SEMANTICSCHOLAR__API_KEY" in found["semanticscholar"]["advice"]
    assert "semanticscholar online" not in found
