"""What the doctor finds in a home: runs cut short, clocks, disks, lists and alerts."""

import datetime as dt
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.alerts.sending import send_due
from pipeline.alerts.subscriptions import add_subscription
from pipeline.archive import Archive
from pipeline.cli.app import run
from pipeline.cli.findings import of_home
from pipeline.cli.findings.finding import SAMPLE_DOI
from pipeline.cli.findings.of_sources import source_findings
from pipeline.home import HOLDER_NAME, only_run
from pipeline.settings import load_settings
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.server import running
from pipeline.watch_import.candidates import Candidate
from pipeline.watch_list import FILE_NAME, add_works
from schemas.alert import AlertMessage, Subscription
from schemas.provenance import RunManifest, run_id_at
from warehouse.connection import open_building
from warehouse.migrate import migrate, migrations
from warehouse.outbox import put_message

pytestmark = pytest.mark.usefixtures("nowhere")

NOW = dt.datetime.now(dt.UTC)
HOUR = dt.timedelta(hours=1)
MESSAGE = AlertMessage(
    message_id="m1",
    publication_no=1,
    subscription="a",
    change_ids=("c1",),
    title="1 new citing work",
    body="10.5555/a is cited by 10.5555/b",
    made_at=NOW,
)


@pytest.fixture
def home(nowhere: Path) -> Path:
    (nowhere / "home").mkdir()
    return nowhere / "home"


@pytest.fixture
def examined(capsys: pytest.CaptureFixture[str]):
    """Calls the doctor; gives the findings by subject."""

    def call(exit_code: int = 0) -> dict[str, dict[str, Any]]:
        assert run(["doctor", "--json"]) == exit_code
        findings = json.loads(capsys.readouterr().out)
        return {each["subject"]: each for each in findings}

    return call


def begun(home: Path, ago: dt.timedelta, *, is_over: bool = False) -> str:
    started_at = NOW - ago
    manifest = RunManifest(
        run_id=run_id_at(started_at, "abcd"),
        started_at=started_at,
        finished_at=started_at + dt.timedelta(minutes=1) if is_over else None,
        dois=(SAMPLE_DOI,),
        sources=("openalex",),
        version="0",
        command="refresh",
    )
    Archive(home).begin(manifest)
    return manifest.run_id


def test_a_run_that_was_interrupted_today_goes_on(home, examined):
    run_id = begun(home, HOUR)
    found = examined()["archive"]
    assert found["state"] == "note"
    assert f"interrupted: {run_id}" in found["found"]
    assert "goes on where it stopped" in found["advice"]


def test_a_run_that_never_ended_must_be_asked_anew(home, examined):
    run_id = begun(home, 30 * HOUR)
    found = examined()["archive"]
    assert f"never ended: {run_id}" in found["found"]
    assert "asked anew" in found["advice"]


def test_a_run_that_only_was_not_published_is_named(home, examined):
    run_id = begun(home, HOUR, is_over=True)
    found = examined()["archive"]
    assert f"ended, but not published: {run_id}" in found["found"]
    assert "citehouse rebuild" in found["advice"]


def test_many_runs_are_counted_and_the_last_three_named(home, examined):
    names = sorted(begun(home, hours * HOUR) for hours in range(1, 6))
    found = examined()["archive"]["found"]
    assert found == f"5 runs; interrupted: 5 runs, last {', '.join(names[-3:])}"


def test_an_archive_that_cannot_be_read_is_broken(home, examined):
    run_id = begun(home, HOUR)
    (home / "archive" / f"run_id={run_id}" / "manifest.json").write_text("{")
    found = examined(exit_code=1)["archive"]
    assert found["state"] == "broken"
    assert "manifest.json" in found["found"]


def test_a_file_in_the_place_of_a_run_is_named(home, examined):
    (home / "archive").mkdir()
    (home / "archive" / "run_id=x").write_text("?")
    found = examined(exit_code=1)["archive"]
    assert found["state"] == "broken"
    assert "run_id=x is no folder" in found["found"]


def test_an_empty_database_is_a_finding_and_not_the_end(home, examined):
    begun(home, HOUR)
    (home / "generations").mkdir()
    path = home / "generations" / "w.duckdb"
    with open_building(path, memory_limit="1GB"):
        pass
    (home / "citehouse.duckdb").symlink_to(path)
    found = examined(exit_code=1)
    assert "broken" in {each["state"] for each in found.values()}
    assert "clock" in found or "home" in found


def test_a_holder_that_is_no_text_is_nobody(home, examined):
    with only_run(home):
        (home / HOLDER_NAME).write_bytes(b"\xff\xfe")
        assert examined()["lock"]["found"] == "a run is writing to this home now"


def test_a_clock_before_the_newest_run_is_broken(home, examined):
    begun(home, -2 * HOUR)
    found = examined(exit_code=1)["clock"]
    assert found["state"] == "broken"
    assert "before the newest run" in found["found"]


def test_who_holds_the_lock_is_said(home, examined):
    with only_run(home):
        found = examined()["lock"]
        assert f"process {os.getpid()}" in found["found"]
        assert found["advice"].startswith("wait")


def test_a_run_that_holds_the_lock_for_a_day_is_perhaps_stuck(home, examined):
    with only_run(home):
        yesterday = NOW - dt.timedelta(days=1)
        (home / HOLDER_NAME).write_text(
            f"process 17, since {yesterday:%Y-%m-%d %H:%M} UTC\n"
        )
        found = examined()["lock"]
        assert "process 17" in found["found"]
        assert "end that process" in found["advice"]


def test_little_room_is_a_note_that_says_how_much_a_run_needs(examined, monkeypatch):
    monkeypatch.setattr(
        of_home.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**9)
    )
    found = examined()["disk"]
    assert found["state"] == "note"
    assert "2.0 GB" in found["advice"]


def test_the_watch_list_is_counted_or_its_broken_line_named(home, examined):
    assert examined()["watch-list"]["state"] == "note"
    add_works(home, [Candidate("10.5555/a", "10.5555/a")])
    assert examined()["watch-list"]["found"] == "1 watched work"
    (home / FILE_NAME).write_text("{}\n")
    found = examined(exit_code=1)["watch-list"]
    assert found["state"] == "broken"
    assert "line 1" in found["found"]


def test_alerts_that_do_not_arrive_are_found(home, examined):
    path = home / "generations" / "warehouse-1.duckdb"
    path.parent.mkdir()
    add_subscription(
        home, Subscription(name="a", target="json://127.0.0.1:9/", added_at=NOW)
    )
    with open_building(path, memory_limit="1GB") as con:
        migrate(con, migrations())
        put_message(con, MESSAGE)
    (home / "citehouse.duckdb").symlink_to(path)
    assert examined()["alerts"]["state"] == "ok"
    send_due(home)
    found = examined()["alerts"]
    assert found["state"] == "note"
    assert found["found"].startswith("1 message, 1 failed so far, last: ")
    assert "citehouse alerts outbox" in found["advice"]


def test_subscriptions_that_cannot_be_read_are_broken(
    demo, examined, monkeypatch, nowhere
):
    copy = nowhere / "copy"
    copy.mkdir()
    (copy / "citehouse.duckdb").symlink_to((demo.home / "citehouse.duckdb").resolve())
    add_subscription(copy, Subscription(name="a", target="atom", added_at=NOW))
    (copy / "alerts.jsonl").write_text("{}\n")
    monkeypatch.setenv("CITEHOUSE_HOME", str(copy))
    assert examined(exit_code=1)["alerts"]["state"] == "broken"


def test_the_budget_of_a_night_is_shown_with_its_unit(examined, monkeypatch):
    monkeypatch.setenv("CITEHOUSE_OPENALEX__BUDGET", "200")
    monkeypatch.setenv("CITEHOUSE_CROSSREF__BUDGET", "3000")
    found = examined()
    assert "at most 200 credits a night" in found["openalex"]["found"]
    assert "at most 3,000 requests a night" in found["crossref"]["found"]


@pytest.fixture(scope="module")
def simulator():
    with running(sample_world(), FAST) as simulator:
        yield simulator


def online(simulator, home, **clock):
    settings = load_settings(
        home=home, mailto="tests@example.org", **simulator.settings_overrides()
    )
    return {each.subject: each for each in source_findings(settings, **clock)}


def test_what_is_left_of_todays_credits_is_said(simulator, home):
    found = online(simulator, home)
    assert " left" in found["openalex online"].found
    assert " left" not in found["crossref online"].found  # it tells of a second only


@pytest.mark.parametrize(("off", "way"), [(2 * HOUR, "ahead of"), (-HOUR, "behind")])
def test_a_clock_that_disagrees_with_a_source_is_broken(simulator, home, off, way):
    found = online(simulator, home, now=lambda: dt.datetime.now(dt.UTC) + off)
    assert found["crossref online"].state == "broken"
    assert way in found["crossref online"].found
    assert "clock" in found["crossref online"].advice


def test_a_clock_that_agrees_is_no_finding(simulator, home):
    assert {each.state for each in online(simulator, home).values()} == {"ok"}
