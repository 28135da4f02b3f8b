"""The flows, run for real: a Prefect server, the simulated sources, a warehouse."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.objects import State
from prefect.client.schemas.sorting import ArtifactSort

from flows.adhoc import adhoc
from flows.nightly import nightly
from flows.outcome import ARTIFACT_KEY, leave_outcome
from flows.rebuild import rebuild
from pipeline.errors import UsageError
from pipeline.run import refresh
from pipeline.settings import load_settings
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import Running, running
from pipeline.watch_import.take import take_dois
from pipeline.watch_list import watched_dois
from schemas.report import RunReport
from warehouse.connection import open_readonly

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]

WORLD = random_world(seed=7)
TALLY = "select * from mart.tally order by all"
COUNTS = "select * from mart.citations_by_year_and_type order by all"


@pytest.fixture(scope="module")
def sources() -> Iterator[Running]:
    """The simulated sources of a small world."""
    with running(WORLD) as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, sources: Running, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home; the environment of the flow runs names it and the sources."""
    monkeypatch.chdir(tmp_path)  # away from anybody's .env
    monkeypatch.setenv("CITEHOUSE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CITEHOUSE_BATCH_SIZE", "2")  # several batches, several tasks
    for name, url in sources.base_urls.items():
        monkeypatch.setenv(f"CITEHOUSE_{name.upper()}__BASE_URL", url)
    return tmp_path / "home"


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    with open_readonly(home) as con:
        return con.execute(sql).fetchall()


def summary() -> str:
    """The newest summary that a flow run has left."""
    with get_client(sync_client=True) as client:
        (newest,) = client.read_artifacts(
            artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[ARTIFACT_KEY])),
            sort=ArtifactSort.UPDATED_DESC,
            limit=1,
        )
    return str(newest.data)


def test_adhoc_publishes_what_a_plain_call_publishes(home: Path, tmp_path: Path):
    state = adhoc(list(WORLD.asked), return_state=True)
    settings = load_settings(home=tmp_path / "plain")
    report = refresh(WORLD.asked, settings)

    assert state.is_completed()
    assert report.exit_code == 0
    assert rows(home, COUNTS) == rows(settings.home, COUNTS) != []
    assert rows(home, TALLY) == rows(settings.home, TALLY) != []


def test_a_run_leaves_its_summary(home: Path):
    adhoc([WORLD.asked[0].upper()], return_state=True)
    ((run_id,),) = rows(home, "select run_id from core.run")
    text = summary()
    assert text.startswith(f"# Run {run_id}: complete")
    assert WORLD.asked[0] in text


def test_nightly_looks_at_every_cited_doi_and_asks_where_it_has_to(home: Path):
    adhoc(list(WORLD.asked[:2]), return_state=True)
    first = rows(home, COUNTS)
    state = nightly(return_state=True)

    assert state.is_completed()
    assert rows(home, COUNTS) == first
    runs = rows(home, "select command from core.run order by run_id")
    assert runs == [("refresh",), ("nightly",)]
    assert rows(home, "from core.asking where reason is not null") == []


def test_nightly_asks_about_the_watched_works_where_there_are_some(home: Path):
    adhoc(list(WORLD.asked[:2]), return_state=True)
    take_dois(home, [WORLD.asked[1], WORLD.asked[2]], tags=["thesis"])
    state = nightly(tag="thesis", return_state=True)

    assert state.is_completed()
    new = rows(home, "select distinct cited_doi from core.asking where reason = 'new'")
    assert {doi for (doi,) in new} == {WORLD.asked[2].lower()}
    assert watched_dois(home)


def test_rebuild_makes_the_same_tables_without_the_sources(
    home: Path, sources: Running
):
    adhoc(list(WORLD.asked), return_state=True)
    before = rows(home, COUNTS), rows(home, TALLY)
    asked = len(sources.requests)
    state = rebuild(return_state=True)

    assert state.is_completed()
    assert (rows(home, COUNTS), rows(home, TALLY)) == before
    assert len(sources.requests) == asked


def test_a_night_before_the_first_refresh_fails_and_says_what_to_do(home: Path):
    state = nightly(return_state=True)
    assert state.is_failed()
    assert not (home / "citehouse.duckdb").exists()
    assert "citehouse refresh" in summary()


@pytest.mark.usefixtures("home")
def test_a_text_that_is_no_doi_fails_the_run():
    state = adhoc(["not a doi"], return_state=True)
    assert state.is_failed()
    with pytest.raises(UsageError, match="not a doi"):
        state.result()
    assert summary().startswith("# Failed: nothing was published")


def test_an_incomplete_run_is_failed_so_that_an_alert_hears_of_it():
    @flow(name="ill")
    def ill() -> State[None]:
        return leave_outcome(incomplete)

    state = ill(return_state=True)
    assert state.name == "Failed"
    assert state.message is not None
    assert "is published, but incomplete (exit code 3)" in state.message
    assert "openalex: no answer" in state.message
    assert "Exit code 3" in summary()


def incomplete() -> RunReport:
    now = datetime(2026, 11, 22, 2, tzinfo=UTC)
    return RunReport(
        run_id="20261122T020000Z-a",
        started_at=now,
        finished_at=now,
        state="incomplete",
        home=Path("home"),
        published_path=Path("home/generations/warehouse-a.duckdb"),
        warnings=("openalex: no answer",),
    )
