"""Nights over worlds that change: what is asked, and that nothing is missed."""

import datetime as dt
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import duckdb
import pytest

from pipeline.archive import Archive
from pipeline.errors import UsageError
from pipeline.http import Client
from pipeline.night.backfill import backfill_due
from pipeline.night.nightly import rehearsal
from pipeline.run import backfill, nightly, rebuild, refresh
from pipeline.running import enabled_sources
from pipeline.settings import SourceSettings, load_settings
from pipeline.simulator.generate import Crop, grow
from pipeline.simulator.large import TOPICS, large_world
from pipeline.simulator.options import FAST, Fault
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import running
from pipeline.simulator.world import as_works

QUICK = replace(FAST, requests_per_second=2_000.0)
"""A source that is slowed down to a thirtieth is still quick."""

FIRST = dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC)

TABLES = (
    "core.work",
    "core.work_identifier",
    "core.authorship",
    "core.citation",
    "core.version_group",
    "core.notice",
    "mart.citations_by_year_and_type",
    "mart.tally",
    "mart.citations_by_journal",
    "mart.citations_by_author",
)
"""What a night and a clean load must agree on; other tables tell of runs."""


class Stopped(BaseException):
    """The power fails."""


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr("pipeline.running.Client", partial(Client, backoff_s=0.002))


def at(night):
    return lambda: FIRST + dt.timedelta(days=night)


def settings_of(simulator, home, **more):
    chosen = simulator.settings_overrides() | more
    return load_settings(home=home, mailto="tests@example.org", **chosen)


def tables(home):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return {name: con.table(name).order("all").fetchall() for name in TABLES}


def requests(simulator):
    return Counter(seen.api for seen in simulator.requests)


def cited_again(world, keys, each=2):
    """The same world a night later: some works have been cited by new ones."""
    works, edges = list(world.works.values()), list(world.citations)
    for place, key in enumerate(keys):
        crop = Crop(
            name=f"later.{place}",
            count=each,
            first_number=700_000 + 100 * place,
            years=range(2024, 2026),
            topics=TOPICS,
        )
        citing, citations = grow(crop, world.works[key])
        works += citing
        edges += citations
    return replace(world, works=as_works(works), citations=tuple(edges))


def last_manifest(home):
    return Archive(home).runs()[-1]


def reasons(home):
    asked = last_manifest(home).asked.values()
    return Counter(pair for by_source in asked for pair in by_source.items())


def seen_by_openalex_or_crossref(world, key):
    """A cited work whose new citations show in a count that is looked up."""
    return {"openalex", "crossref"} & set(world.works[key].known_to)


@pytest.fixture(scope="module")
def world():
    return large_world(cited=60, citing_each=6)


@pytest.fixture(scope="module")
def two_nights(world, tmp_path_factory):
    """A home after a full night and a second one with two works cited anew."""
    home = tmp_path_factory.mktemp("nights")
    later = cited_again(world, ["cited/7", "cited/31"])
    with running(world, FAST) as simulator:
        refresh(world.asked, settings_of(simulator, home), now=at(0))
        in_full = requests(simulator).total()
    with running(later, FAST) as simulator:
        report = nightly(later.asked, settings_of(simulator, home), now=at(1))
        in_night = requests(simulator)
    return home, later, report, in_full, in_night


def test_a_second_night_equals_a_clean_load_of_the_same_world(two_nights, tmp_path):
    home, later, report, _, _ = two_nights
    with running(later, FAST) as simulator:
        refresh(later.asked, settings_of(simulator, tmp_path), now=at(1))
    assert report.exit_code == 0
    assert tables(home) == tables(tmp_path)


def test_a_second_night_asks_far_less_than_a_full_refresh(two_nights):
    *_, in_full, in_night = two_nights
    assert in_night.total() < in_full / 3  # a tenth in bench/night.py, of 10,000 works


def test_only_what_moved_or_has_its_turn_is_asked(two_nights):
    home, *_ = two_nights
    found = reasons(home)
    assert found["openalex", "moved"] == 2
    assert found["opencitations", "followed"] == 2
    assert {reason for _, reason in found} <= {"moved", "followed", "touched", "round"}


def test_a_rebuild_gives_what_the_nights_gave(two_nights):
    home, later, *_ = two_nights
    before = tables(home)
    with running(later, FAST) as simulator:
        rebuild(settings_of(simulator, home))
    assert tables(home) == before


def test_a_quiet_night_finds_nothing_and_changes_nothing(tmp_path):
    world = random_world(5)
    with running(world, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        refresh(world.asked, settings, now=at(0))
        before = tables(tmp_path)
        for night in (1, 2, 3):
            report = nightly(world.asked, settings, now=at(night))
            assert report.exit_code == 0
    assert tables(tmp_path) == before
    assert not {"moved", "lost", "found", "failed"} & {
        reason for _, reason in reasons(tmp_path)
    }


def test_a_new_work_is_asked_of_every_source(tmp_path):
    world = random_world(4)
    with running(world, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        refresh(world.asked[:-1], settings, now=at(0))
        nightly(world.asked, settings, now=at(1))
        manifest = last_manifest(tmp_path)
    (new,) = {doi.lower() for doi in world.asked[-1:]}
    assert set(manifest.asked[new].values()) == {"new"}
    assert set(manifest.asked[new]) == set(manifest.sources) - {"doiorg"}


def test_a_night_over_an_empty_home_is_a_full_refresh(tmp_path):
    world = random_world(6)
    with running(world, FAST) as simulator:
        nightly(world.asked, settings_of(simulator, tmp_path / "night"), now=at(0))
        refresh(world.asked, settings_of(simulator, tmp_path / "full"), now=at(0))
    assert tables(tmp_path / "night") == tables(tmp_path / "full")


def test_a_source_that_was_ill_is_asked_again_the_next_night(tmp_path, world):
    few = world.asked[:6]
    ill = replace(QUICK, faults=(Fault("server_error", api="openalex", status=500),))
    with running(world, ill) as simulator:
        refresh(few, settings_of(simulator, tmp_path), now=at(0))
    with running(world, FAST) as simulator:
        report = nightly(few, settings_of(simulator, tmp_path), now=at(1))
    assert reasons(tmp_path)["openalex", "failed"] == 6
    assert report.exit_code == 0


def test_look_ups_that_fail_leave_what_is_known(tmp_path, world):
    few = world.asked[:6]
    with running(world, FAST) as simulator:
        refresh(few, settings_of(simulator, tmp_path), now=at(0))
    before = tables(tmp_path)
    ill = replace(QUICK, faults=(Fault("server_error", api="openalex", status=500),))
    with running(world, ill) as simulator:
        report = nightly(few, settings_of(simulator, tmp_path), now=at(1))
    assert tables(tmp_path) == before
    assert report.exit_code == 3
    assert any("OpenAlex" in sentence for sentence in report.warnings)


def test_a_rehearsal_asks_nobody_and_writes_nothing(tmp_path, world):
    few = world.asked[:6]
    with running(world, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        refresh(few, settings, now=at(0))
        asked, before = requests(simulator), sorted(tmp_path.rglob("*"))
        plan = rehearsal(settings, enabled_sources(settings), few, now=at(1)())
        assert requests(simulator) == asked
    assert sorted(tmp_path.rglob("*")) == before
    assert plan.is_rehearsal
    looked = {one.source: one for one in plan.askings if one.reason == "look_up"}
    assert looked["openalex"].doi_count == 6
    assert looked["openalex"].request_count == 1


def test_a_budget_is_not_exceeded_and_later_nights_finish_the_round(tmp_path):
    world = large_world(cited=40, citing_each=12)
    moved = [f"cited/{place}" for place in range(0, 40, 4)]
    later = cited_again(world, moved, each=1)
    with running(world, FAST) as simulator:
        refresh(world.asked, settings_of(simulator, tmp_path), now=at(0))
    tight = {"openalex": 4}
    spent = []
    for night in range(1, 8):
        with running(later, FAST) as simulator:
            overrides = simulator.settings_overrides()
            budgeted = {
                name: overrides[name].model_copy(update={"budget": budget})
                for name, budget in tight.items()
            }
            settings = settings_of(simulator, tmp_path, **budgeted)
            report = nightly(later.asked, settings, now=at(night))
            lists = [
                seen
                for seen in simulator.requests
                if seen.api == "openalex" and "/works/doi:" not in seen.target
            ]
            spent.append(len(lists))
        if not last_manifest(tmp_path).owed and report.exit_code == 0:
            break
    assert max(spent) <= 4
    with running(later, FAST) as simulator:
        refresh(later.asked, settings_of(simulator, tmp_path / "clean"), now=at(0))
    assert tables(tmp_path) == tables(tmp_path / "clean")


def test_a_citing_work_that_could_not_be_asked_about_is_asked_about_the_next_night(
    tmp_path, world
):
    few = world.asked[:12]
    later = cited_again(world, [f"cited/{place}" for place in range(12)])
    # OpenAlex knows them, but not that they cite: it is asked about them by DOI.
    assert any(
        "openalex" in later.works[edge.citing].known_to
        and "openalex" not in edge.known_to
        and "crossref" in edge.known_to
        for edge in later.citations[len(world.citations) :]
    )
    with running(world, FAST) as simulator:
        refresh(few, settings_of(simulator, tmp_path), now=at(0))
    batches = "filter=doi:10.5555/citehouse.later"
    down = Fault("server_error", "openalex", contains=batches, status=500)
    with running(later, replace(QUICK, faults=(down,))) as simulator:
        assert nightly(few, settings_of(simulator, tmp_path), now=at(1)).exit_code == 3
    with running(later, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        nightly(few, settings, now=at(2))
        assert ("openalex", "failed") in reasons(tmp_path)
        refresh(few, settings_of(simulator, tmp_path / "clean"), now=at(2))
        nightly(few, settings, now=at(3))
        assert ("openalex", "failed") not in reasons(tmp_path)
    assert tables(tmp_path) == tables(tmp_path / "clean")


def test_a_night_that_is_interrupted_goes_on_by_its_own_plan(tmp_path, world):
    few = world.asked[:12]
    later = cited_again(world, ["cited/3"])
    with running(world, FAST) as simulator:
        refresh(few, settings_of(simulator, tmp_path), now=at(0))

    def stop(progress):
        if "citations" in progress.detail:
            raise Stopped

    with running(later, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        with pytest.raises(Stopped):
            nightly(few, settings, now=at(1), observe=stop)
        interrupted = last_manifest(tmp_path)
        assert interrupted.is_planned
        asked = Counter(seen.target for seen in simulator.requests)
        nightly(few, settings, now=lambda: at(1)() + dt.timedelta(hours=1))
        again = Counter(seen.target for seen in simulator.requests)
    finished = last_manifest(tmp_path)
    assert (finished.run_id, finished.dois) == (interrupted.run_id, interrupted.dois)
    repeated = [target for target, count in (again - asked).items() if target in asked]
    answered = [target for target in repeated if "citations" not in target]
    assert not answered
    with running(later, FAST) as simulator:
        refresh(few, settings_of(simulator, tmp_path / "clean"), now=at(1))
    assert tables(tmp_path) == tables(tmp_path / "clean")


@contextmanager
def stopped_before_publishing(monkeypatch):
    """Whatever is asked in here is asked in full, but never published."""

    def stop(*_, **__):
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.running.build_generation", stop)
        with pytest.raises(Stopped):
            yield


def test_a_night_that_only_was_not_published_is_not_asked_again(
    tmp_path, world, monkeypatch
):
    few = world.asked[:12]
    later = cited_again(world, ["cited/3"])
    with running(world, FAST) as simulator:
        refresh(few, settings_of(simulator, tmp_path), now=at(0))
    with running(later, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        with stopped_before_publishing(monkeypatch):
            nightly(few, settings, now=at(1))
        moved = Counter(reasons(tmp_path))
        nightly(few, settings, now=lambda: at(1)() + dt.timedelta(hours=1))
    assert [run.command for run in Archive(tmp_path).runs()] == [
        "refresh",
        "nightly",
        "nightly",
    ]
    assert any(reason == "moved" for _, reason in moved), moved
    assert not any(reason == "moved" for _, reason in reasons(tmp_path))
    with duckdb.connect(tmp_path / "citehouse.duckdb", read_only=True) as con:
        commands = "select command from history.publication order by publication_no"
        assert con.sql(commands).fetchall() == [
            ("refresh",),
            ("nightly",),
            ("nightly",),
        ]
    with running(later, FAST) as simulator:
        refresh(few, settings_of(simulator, tmp_path / "clean"), now=at(1))
    assert tables(tmp_path) == tables(tmp_path / "clean")


def test_a_refresh_that_only_was_not_published_asks_nothing_twice(
    tmp_path, world, monkeypatch
):
    few = world.asked[:4]
    with running(world, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        with stopped_before_publishing(monkeypatch):
            refresh(few, settings, now=at(0))
        asked = requests(simulator).total()
        report = refresh(few, settings, now=lambda: at(0)() + dt.timedelta(hours=1))
        assert requests(simulator).total() == asked
    assert report.exit_code == 0
    (run,) = Archive(tmp_path).runs()
    assert run.finished_at == at(0)() + dt.timedelta(hours=1)
    with running(world, FAST) as simulator:
        refresh(few, settings_of(simulator, tmp_path / "clean"), now=at(0))
    assert tables(tmp_path) == tables(tmp_path / "clean")


def test_a_warehouse_of_an_older_version_is_brought_up_to_date_first(
    tmp_path, world, monkeypatch
):
    few = world.asked[:3]
    with running(world, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        refresh(few, settings, now=at(0))
        monkeypatch.setattr("pipeline.running.is_behind", lambda _home: True)
        report = nightly(few, settings, now=at(1))
    assert report.exit_code == 0
    # the one brought up to date is kept for going back; the first has been reaped
    kept = sorted(path.stem for path in (tmp_path / "generations").glob("*.duckdb"))
    night = f"warehouse-{report.run_id}"
    assert kept == [night, f"{night}-2"]


def test_a_source_with_a_small_setting_is_rehearsed_within_it(tmp_path, world):
    with running(world, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        refresh(world.asked, settings, now=at(0))
        one = SourceSettings(
            base_url=simulator.base_urls["openalex"],
            requests_per_second=200,
            budget=1,
        )
        tight = settings_of(simulator, tmp_path, openalex=one)
        plan = rehearsal(tight, enabled_sources(tight), world.asked, now=at(1)())
    (budget,) = plan.budgets
    assert budget.source == "openalex"
    assert budget.planned_count <= budget.credit_count == 1
    assert any(one.source == "openalex" and one.doi_count for one in plan.stale)


def test_what_a_night_cost_is_what_the_sources_counted(tmp_path, world):
    few = world.asked[:12]
    with running(world, FAST) as simulator:
        refresh(few, settings_of(simulator, tmp_path), now=at(0))
    faults = (Fault("server_error", api="crossref", status=500, times=2),)
    later = cited_again(world, ["cited/3"])
    with running(later, replace(QUICK, faults=faults)) as simulator:
        nightly(few, settings_of(simulator, tmp_path), now=at(1))
        counted = requests(simulator)
        lists = sum(
            seen.api == "openalex" and "/works/doi:" not in seen.target
            for seen in simulator.requests
        )
    with duckdb.connect(tmp_path / "citehouse.duckdb", read_only=True) as con:
        rows = con.sql(
            "select source, request_count, retry_count, credit_count, received_bytes,"
            " elapsed_s, first_at <= last_at from core.run_source"
            " where run_id = (select max(run_id) from core.run)"
        ).fetchall()
    assert {source: count for source, count, *_ in rows} == counted
    retries = {source: count for source, _, count, *_ in rows if count}
    assert retries == {"crossref": 2}
    credits_spent = {source: spent for source, _, _, spent, *_ in rows}
    assert credits_spent["openalex"] == lists
    assert credits_spent["crossref"] is None
    assert all(size > 0 and took > 0 and ok for *_, size, took, ok in rows)


def test_a_back_fill_asks_again_what_was_asked_then_and_is_no_news(tmp_path, world):
    few = world.asked[:4]
    later = cited_again(world, ["cited/2"])
    with running(world, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        refresh(few, settings, now=at(0))
        refresh(world.asked[4:6], settings, now=at(1))
    with running(later, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        found = backfill_due(
            settings,
            enabled_sources(settings),
            since=at(0)(),
            until=at(0)() + dt.timedelta(hours=1),
            chosen=["openalex"],
            now=at(2)(),
        )
        assert {doi: set(by) for doi, by in found.asked.items()} == {
            doi: {"openalex"} for doi in few
        }
        backfill(settings, found, now=at(2))
        assert requests(simulator)["openalex"]
        assert not any("/citations/" in seen.target for seen in simulator.requests)
    with duckdb.connect(tmp_path / "citehouse.duckdb", read_only=True) as con:
        changes = con.sql(
            "select kind, is_back_fill from history.change where publication_no = 3"
        ).fetchall()
    assert ("citation_added", True) in changes
    assert {is_back_fill for _, is_back_fill in changes} == {True}


def test_a_back_fill_of_a_range_without_a_run_says_so(tmp_path, world):
    with running(world, FAST) as simulator:
        settings = settings_of(simulator, tmp_path)
        refresh(world.asked[:1], settings, now=at(0))
        with pytest.raises(UsageError, match="nothing was asked last between"):
            backfill_due(
                settings,
                enabled_sources(settings),
                since=at(5)(),
                until=at(6)(),
                chosen=[],
                now=at(7)(),
            )
