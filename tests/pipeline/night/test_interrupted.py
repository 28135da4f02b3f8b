"""Runs that are stopped at an awkward moment: nothing lost, twice, or out of order."""

import datetime as dt
from contextlib import contextmanager
from functools import partial

import duckdb
import pytest

from pipeline import decide
from pipeline.alerts.sending import outbox
from pipeline.alerts.subscriptions import add_subscription
from pipeline.archive import Archive
from pipeline.http import Client
from pipeline.run import nightly, rebuild, refresh
from pipeline.settings import load_settings
from pipeline.simulator.nights import nights
from pipeline.simulator.options import FAST
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import running
from pipeline.watch_import.candidates import Candidate
from pipeline.watch_list import add_works
from schemas.alert import Subscription

EARLY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


class Stopped(BaseException):
    """The power fails."""


@pytest.fixture(scope="module", autouse=True)
def short_waits():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.running.Client", partial(Client, backoff_s=0.002))
        yield


@pytest.fixture(scope="module")
def world():
    return random_world(5)


@pytest.fixture(scope="module")
def evenings(world):
    return list(nights(world, 3, seed=5, events_each=25, cited_each=2))


@pytest.fixture
def simulator(world):
    with running(world, FAST) as simulator:
        yield simulator


@pytest.fixture
def settings(simulator, tmp_path):
    overrides = simulator.settings_overrides()
    return load_settings(home=tmp_path, mailto="tests@example.org", **overrides)


@contextmanager
def stopped(monkeypatch, where):
    def stop(*_, **__):
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(where, stop)
        with pytest.raises(Stopped):
            yield


ASKING, PUBLISHING = "pipeline.running.Run.ask", "pipeline.running.build_generation"


def at(evenings, number, hour=2):
    day = evenings[0].day + dt.timedelta(days=number)
    return lambda: dt.datetime.combine(day, dt.time(hour), dt.UTC)


def ask(home, sql):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.sql(sql).fetchall()


PUBLICATIONS = "select command, run_id from history.publication order by publication_no"
NEWS = "select change_id from history.change where not is_back_fill order by all"


def test_a_night_that_ends_after_a_later_run_is_the_later_publication(
    simulator, settings, world, evenings, tmp_path, monkeypatch
):
    refresh(world.asked, settings, now=at(evenings, 0))
    simulator.show(evenings[1].world)
    with stopped(monkeypatch, ASKING):
        nightly(world.asked, settings, now=at(evenings, 1))
    refresh(world.asked[:8], settings, now=at(evenings, 1, 10))
    simulator.show(evenings[2].world)
    nightly(world.asked, settings, now=at(evenings, 1, 12))
    commands = [command for command, _ in ask(tmp_path, PUBLICATIONS)]
    assert commands == ["refresh", "refresh", "nightly"]
    before = ask(tmp_path, PUBLICATIONS), ask(tmp_path, NEWS)
    (tmp_path / "citehouse.duckdb").unlink()
    rebuild(settings)
    assert (ask(tmp_path, PUBLICATIONS), ask(tmp_path, NEWS)) == before


def test_a_run_that_comes_upon_no_warehouse_gives_the_nights_before_it_again(
    simulator, settings, world, evenings, tmp_path
):
    for evening in evenings[:2]:
        simulator.show(evening.world)
        refresh(world.asked, settings, now=at(evenings, evening.number))
    before = ask(tmp_path, PUBLICATIONS)
    (tmp_path / "citehouse.duckdb").unlink()
    nightly(world.asked, settings, now=at(evenings, 2))
    assert ask(tmp_path, PUBLICATIONS)[:-1] == before


def test_a_run_that_was_asked_in_full_is_not_lost_when_it_is_stopped_again(
    settings, world, evenings, tmp_path, monkeypatch
):
    refresh(world.asked[4:5], settings, now=at(evenings, 0, 1))
    with stopped(monkeypatch, PUBLISHING):
        refresh(world.asked[:4], settings, now=at(evenings, 0, 2))
    with stopped(monkeypatch, ASKING):
        refresh(world.asked[:4], settings, now=at(evenings, 0, 3))
    refresh(world.asked[5:6], settings, now=at(evenings, 1, 4))
    assert all(run.finished_at for run in Archive(tmp_path).runs())
    assert ask(tmp_path, "select count(*) from core.cited_doi") == [(6,)]


def test_an_unpublished_run_keeps_its_command_when_a_rebuild_publishes_it(
    simulator, settings, world, evenings, tmp_path, monkeypatch
):
    refresh(world.asked, settings, now=at(evenings, 0))
    simulator.show(evenings[1].world)
    with stopped(monkeypatch, PUBLISHING):
        nightly(world.asked, settings, now=at(evenings, 1))
    rebuild(settings)
    assert [command for command, _ in ask(tmp_path, PUBLICATIONS)] == [
        "refresh",
        "nightly",
    ]


def test_a_decision_is_no_part_of_an_unpublished_run(
    simulator, settings, world, evenings, tmp_path, monkeypatch
):
    refresh(world.asked, settings, now=at(evenings, 0))
    simulator.show(evenings[1].world)
    with stopped(monkeypatch, PUBLISHING):
        nightly(world.asked, settings, now=at(evenings, 1))
    one, other = (
        work
        for (work,) in ask(
            tmp_path,
            "select distinct citing_work_id from core.citation"
            " where citing_work_id like 'doi:%' order by all limit 2",
        )
    )
    decide.merge(settings, one, other)
    (_, (second, run_id), (third, no_run)) = ask(tmp_path, PUBLICATIONS)
    assert (second, run_id is None) == ("nightly", False)
    assert (third, no_run) == ("works", None)


def test_no_message_is_due_again_after_a_rebuild_from_the_archive_alone(
    simulator, settings, world, evenings, tmp_path
):
    add_subscription(
        tmp_path, Subscription(name="all", target="atom", added_at=EARLY, tag="mine")
    )
    add_works(tmp_path, [Candidate(doi, doi) for doi in world.asked[:6]], tags=["mine"])
    for evening in evenings:
        simulator.show(evening.world)
        ask_all = nightly if evening.number else refresh
        ask_all(world.asked, settings, now=at(evenings, evening.number))
    due = {entry.message.message_id for entry in outbox(tmp_path)}
    assert due
    add_works(tmp_path, [Candidate(doi, doi) for doi in world.asked[6:]], tags=["mine"])
    (tmp_path / "citehouse.duckdb").unlink()
    rebuild(settings)
    assert {entry.message.message_id for entry in outbox(tmp_path)} >= due
    again = [one for one in outbox(tmp_path) if one.message.message_id in due]
    assert {one.state for one in again} == {"sent"}
