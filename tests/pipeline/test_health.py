"""Source health: a source that stands still, and one that loses much at once."""

import datetime as dt
from dataclasses import replace
from functools import partial

import duckdb
import pytest

from pipeline.health import stalls
from pipeline.http import Client
from pipeline.run import nightly, refresh
from pipeline.settings import load_settings
from pipeline.simulator.large import large_world
from pipeline.simulator.later import dated
from pipeline.simulator.options import FAST
from pipeline.simulator.server import running
from pipeline.simulator.world import BEGINNING
from schemas.health import NightOfSource

FIRST = dt.datetime(2026, 1, 1, 2, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr("pipeline.running.Client", partial(Client, backoff_s=0.002))


def told(*moved, source="openalex", looked=100):
    """Nights in which so many works had moved."""
    return [
        NightOfSource(source, f"{n:03}", FIRST + dt.timedelta(n), looked, count)
        for n, count in enumerate(moved)
    ]


def test_a_steady_source_that_falls_silent_is_reported_by_its_second_night():
    usual = [4, 5, 6, 4, 5, 3, 5, 6]
    assert stalls(told(*usual, 0)) == []
    (stall,) = stalls(told(*usual, 0, 0))
    assert (stall.source, stall.night_count, stall.moved_count) == ("openalex", 2, 0)
    assert stall.since == FIRST + dt.timedelta(8)
    assert stall.expected_count == 10


def test_a_busy_source_that_falls_silent_is_reported_at_once():
    assert [one.night_count for one in stalls(told(*[40] * 6, 0))] == [1]


def test_a_stall_stays_one_however_long_it_lasts():
    (stall,) = stalls(told(*[20] * 30, *[0] * 60))
    assert stall.night_count == 60
    assert stall.since == FIRST + dt.timedelta(30)


def test_a_source_that_moves_again_is_well():
    assert stalls(told(*[20] * 8, 0, 0, 0, 19)) == []


def test_a_source_that_moves_in_bursts_is_not_stalled_between_them():
    burst = [0, 0, 0, 0, 0, 0, 70]
    assert stalls(told(*burst * 4, 0, 0, 0, 0, 0, 0)) == []
    assert stalls(told(*burst * 4, *[0] * 7))


def test_a_second_run_of_a_night_is_no_quiet_night():
    nights = told(*[20] * 8)
    again = nights[-1]._replace(
        started_at=nights[-1].started_at + dt.timedelta(hours=1), moved_count=0
    )
    assert stalls([*nights, again]) == []


def test_one_slow_work_among_few_is_no_stall():
    assert stalls(told(*[1, 0, 1, 0, 0, 1, 0, 1], 0, 0, 0, looked=3)) == []


def test_before_there_is_a_usual_rate_nothing_is_judged():
    assert stalls(told(30, 30, 30, 0, 0, 0)) == []


def test_nights_without_a_look_say_nothing():
    assert stalls([]) == []


def at(day):
    return lambda: dt.datetime.combine(day, dt.time(2), dt.UTC)


def losing(world, keys):
    """OpenAlex does not know any more who cites these works."""
    citations = tuple(
        replace(edge, known_to=edge.known_to - {"openalex"})
        if edge.cited in keys
        else edge
        for edge in world.citations
    )
    return replace(world, citations=citations)


def withdrawn(home):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        ((count,),) = con.execute(
            "select count(*) from staging.edge"
            " where source = 'openalex' and withdrawn_in_run_id is not null"
        ).fetchall()
        return count


def test_what_a_source_loses_at_once_is_held_back_for_a_week(tmp_path):
    world = large_world(cited=8, citing_each=12)
    less = losing(world, {"cited/1", "cited/2", "cited/3"})
    with running(world, FAST) as simulator:
        settings = load_settings(
            home=tmp_path, mailto="tests@example.org", **simulator.settings_overrides()
        )
        refresh(world.asked, settings, now=at(BEGINNING))
        simulator.show(less)
        for day in (1, 2, 3):
            report = refresh(
                world.asked, settings, now=at(BEGINNING + dt.timedelta(days=day))
            )
            assert withdrawn(tmp_path) == 0
            assert report.exit_code == 3
            (broken,) = report.expectations_broken
            assert broken.startswith("OpenAlex has lost ")
            assert "held back" in broken
        week = BEGINNING + dt.timedelta(days=9)
        report = refresh(world.asked, settings, now=at(week))
    assert withdrawn(tmp_path) > 20
    assert report.expectations_broken == ()


def test_a_few_lost_citations_are_withdrawn_by_the_second_look(tmp_path):
    world = large_world(cited=8, citing_each=12)
    less = losing(world, {"cited/1"})
    with running(world, FAST) as simulator:
        settings = load_settings(
            home=tmp_path, mailto="tests@example.org", **simulator.settings_overrides()
        )
        refresh(world.asked, settings, now=at(BEGINNING))
        simulator.show(dated(world, less, BEGINNING + dt.timedelta(days=1)))
        for day in (1, 2):
            now = at(BEGINNING + dt.timedelta(days=day))
            assert nightly(world.asked, settings, now=now).exit_code == 0
    assert 0 < withdrawn(tmp_path) < 20
