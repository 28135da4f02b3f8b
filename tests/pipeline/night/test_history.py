"""Past nights: each can be shown again as it was, and what changed has a reason."""

import datetime as dt
from functools import partial

import duckdb
import pytest

from pipeline.cli.app import run as citehouse
from pipeline.http import Client
from pipeline.run import nightly, rebuild, refresh
from pipeline.settings import load_settings
from pipeline.simulator.nights import nights
from pipeline.simulator.options import FAST
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import running
from warehouse.as_of import open_as_of
from warehouse.build import models
from warehouse.errors import WarehouseFault
from warehouse.report.diff import diff

SEED = 5
NIGHTS = 5


@pytest.fixture(scope="module", autouse=True)
def short_waits():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.running.Client", partial(Client, backoff_s=0.002))
        yield


def at(night):
    return lambda: dt.datetime.combine(night.day, dt.time(2), dt.UTC)


def reports(home, dois, capsysbinary, *options):
    """What `citehouse report` prints of each work, as text and as JSON."""
    shown = {}
    for doi in dois:
        for form in ([], ["--json"]):
            assert citehouse(["--home", str(home), "report", doi, *form, *options]) == 0
            shown[doi, *form] = capsysbinary.readouterr().out
    return shown


@pytest.fixture(scope="module")
def world():
    return random_world(SEED)


@pytest.fixture(scope="module")
def lived(world, tmp_path_factory):
    """A home after some nights, each with the copy of what was published in it."""
    home = tmp_path_factory.mktemp("lived")
    published = {}
    with running(world, FAST) as simulator:
        settings = load_settings(
            home=home, mailto="tests@example.org", **simulator.settings_overrides()
        )
        for night in nights(world, NIGHTS, seed=SEED):
            simulator.show(night.world)
            ask = nightly if night.number else refresh
            ask(world.asked, settings, now=at(night))
            copy = tmp_path_factory.mktemp(f"night-{night.number}")
            (copy / "generations").mkdir()
            target = copy / "generations" / "warehouse.duckdb"
            target.write_bytes((home / "citehouse.duckdb").resolve().read_bytes())
            (copy / "citehouse.duckdb").symlink_to("generations/warehouse.duckdb")
            published[night.number] = (night, copy)
    return home, settings, published


def test_every_past_report_is_shown_again_byte_for_byte(lived, world, capsysbinary):
    home, _, published = lived
    for night, copy in published.values():
        some = world.asked[night.number :: 4]
        then = reports(copy, some, capsysbinary)
        assert reports(home, some, capsysbinary, "--as-of", str(night.day)) == then


def test_every_table_is_there_as_it_was(lived):
    home, _, published = lived
    tables = [model.table for model in models() if model.table[:4] in ("core", "mart")]
    for night, copy in published.values():
        then = duckdb.connect(copy / "citehouse.duckdb", read_only=True)
        with then, open_as_of(home, at(night)()) as now:
            of_history = ["history.publication", "history.change"]
            for table in [*tables, "core.run", "core.asking", *of_history]:
                rows = [con.table(table).order("all").fetchall() for con in (then, now)]
                assert rows[0] == rows[1], (table, night.number)


def test_a_run_names_a_night_as_well_as_its_day(lived, world, capsysbinary):
    home, _, published = lived
    _, copy = published[3]
    with duckdb.connect(copy / "citehouse.duckdb", read_only=True) as con:
        ((run_id,),) = con.sql("select max(run_id) from core.run").fetchall()
    assert reports(home, world.asked[:2], capsysbinary, "--as-of", run_id) == reports(
        copy, world.asked[:2], capsysbinary
    )


def test_a_rebuild_keeps_the_past_and_adds_nothing_to_it(lived, world, capsysbinary):
    home, settings, published = lived
    before = diff_of(home)
    rebuild(settings)
    night, copy = published[2]
    assert diff_of(home) == before
    day = str(night.day)
    assert reports(home, world.asked[:2], capsysbinary, "--as-of", day) == reports(
        copy, world.asked[:2], capsysbinary
    )


def test_without_any_warehouse_the_archive_alone_gives_the_past_again(
    lived, world, tmp_path, capsysbinary
):
    home, settings, published = lived
    (tmp_path / "archive").symlink_to(home / "archive")
    rebuild(settings.model_copy(update={"home": tmp_path}))
    assert diff_of(tmp_path) == diff_of(home)
    assert publications(tmp_path) == publications(home)
    for night, copy in published.values():
        then = reports(copy, world.asked[:1], capsysbinary)
        day = str(night.day)
        assert reports(tmp_path, world.asked[:1], capsysbinary, "--as-of", day) == then


def publications(home):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.sql("from history.publication order by publication_no").fetchall()


def diff_of(home):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.table("history.change").order("all").fetchall()


def test_new_citing_works_are_told_with_the_night_and_who_says_so(lived):
    home, _, published = lived
    told = {}
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        for one in diff(con, dt.datetime(2026, 11, 1, tzinfo=dt.UTC)).changes:
            if one.kind == "citation_added" and one.reason == "new":
                told[one.doi or one.work_id] = one
    happened = [
        (night, event)
        for night, _ in published.values()
        for event in night.events
        if event.kind == "cited_again"
    ]
    assert happened
    for night, event in happened:
        work = night.world.works[event.work]
        seen = {"openalex", "crossref", "datacite"} & night_known(night, event)
        if not seen or not work.doi or "openalex" not in seen:
            continue  # shows in no count that is looked up
        change = told[work.doi.lower()]
        assert change.published_at.date() == night.day
        assert not change.is_back_fill
        assert "openalex" in change.source


def night_known(night, event):
    for edge in night.world.citations:
        if (edge.citing, edge.cited) == (event.work, event.cited):
            return edge.known_to
    return frozenset()


def test_a_first_look_is_no_news(tmp_path, world):
    with running(world, FAST) as simulator:
        settings = load_settings(
            home=tmp_path, mailto="tests@example.org", **simulator.settings_overrides()
        )
        first, second, *_ = nights(world, 1, seed=SEED)
        refresh(world.asked[:2], settings, now=at(first))
        refresh(world.asked, settings, now=at(second))
    with duckdb.connect(tmp_path / "citehouse.duckdb", read_only=True) as con:
        changes = diff(con).changes
    assert changes
    assert {one.is_back_fill for one in changes if one.kind == "citation_added"} == {
        True
    }


def test_nothing_published_by_then_names_the_first_day(lived):
    home, *_ = lived
    with pytest.raises(WarehouseFault, match="the history begins on 2026-11-01"):
        open_as_of(home, dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


def test_a_moment_that_is_none_says_what_to_give(tmp_path, capsys):
    assert (
        citehouse(["--home", str(tmp_path), "report", "10.5555/x", "--as-of", "no"])
        == 2
    )
    assert "give a day (2026-11-20)" in capsys.readouterr().err


def test_a_quiet_night_writes_no_row_but_its_own(tmp_path, world):
    with running(world, FAST) as simulator:
        settings = load_settings(
            home=tmp_path, mailto="tests@example.org", **simulator.settings_overrides()
        )
        first, second, *_ = nights(world, 1, seed=SEED)
        refresh(world.asked, settings, now=at(first))
        nightly(world.asked, settings, now=at(second))
    with duckdb.connect(tmp_path / "citehouse.duckdb", read_only=True) as con:
        changed = dict(
            con.sql(
                "select table_name, removed_count from history.table_change"
            ).fetchall()
        )
    assert not changed.keys() & {
        "core.work",
        "core.citation",
        "core.authorship",
        "core.work_identifier",
        "mart.citations_by_year_and_type",
        "mart.tally",
    }
    of_runs = {
        "core.run_source",
        "core.source_count",
        "core.certificate",
        "mart.ledger",
    }
    assert not any(changed[name] for name in changed.keys() & of_runs)


def test_each_table_has_its_log_with_the_same_columns(lived):
    home, *_ = lived
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        for model in models():
            schema, _, name = model.table.partition(".")
            if schema in ("core", "mart"):
                own = con.table(model.table)
                log = con.table(f"history.{schema}_{name}")
                assert log.columns == ["publication_no", "is_added", *own.columns]
                assert log.types[2:] == own.types


def test_what_a_rebuild_reads_otherwise_is_not_put_into_the_past(lived, tmp_path):
    """Today's parsers may read an old answer in another way; that is news of today."""
    home, settings, published = lived
    (tmp_path / "archive").symlink_to(home / "archive")
    (tmp_path / "generations").mkdir()
    last, copy = published[NIGHTS]
    target = tmp_path / "generations" / "w.duckdb"
    target.write_bytes((copy / "citehouse.duckdb").read_bytes())
    with duckdb.connect(target) as con:
        con.execute("update core.work set title = 'as an older parser had it'")
    (tmp_path / "citehouse.duckdb").symlink_to("generations/w.duckdb")
    rebuild(settings.model_copy(update={"home": tmp_path}))
    with open_as_of(tmp_path, at(last)()) as con:
        titles = con.sql("select distinct title from core.work").fetchall()
        assert titles == [("as an older parser had it",)]
    with duckdb.connect(tmp_path / "citehouse.duckdb", read_only=True) as con:
        reasons = con.execute(
            "select distinct kind, reason, is_back_fill from history.change"
            " where publication_no = ?",
            [NIGHTS + 2],
        ).fetchall()
    assert reasons == [("corrected", "reread", True)]
