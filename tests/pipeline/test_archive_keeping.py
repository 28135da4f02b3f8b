"""Listing, packing and pruning the archive: smaller, and nothing needed is lost."""

import datetime as dt
import json
import shutil

import duckdb
import pytest

from pipeline.archive import Archive
from pipeline.archive_keeping import (
    archived_runs,
    compact,
    prune,
    pruned_runs,
    to_prune,
)
from pipeline.cli.app import run as citehouse
from pipeline.errors import WarehouseError
from pipeline.home import only_run
from pipeline.replay import replay
from pipeline.run import rebuild, refresh
from pipeline.running import unobserved
from pipeline.settings import load_settings
from pipeline.simulator.nights import nights
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import running
from pipeline.verify import verify

FIRST = dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC)
SECOND = FIRST + dt.timedelta(days=1)
BETWEEN = FIRST + dt.timedelta(hours=12)

TABLES = (
    "core.work",
    "core.citation",
    "core.run",
    "core.run_source",
    "core.certificate",
    "core.reject",
    "mart.tally",
    "mart.citations_by_year_and_type",
    "mart.ledger",
    "staging.work_record",
    "staging.citation_record",
)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A home with a run of two works, and one of the whole world a day later."""
    home = tmp_path_factory.mktemp("published")
    world = sample_world()
    with running(world, FAST) as simulator:
        overrides = simulator.settings_overrides()
        settings = load_settings(home=home, mailto="tests@example.org", **overrides)
        refresh(world.asked[:2], settings, now=lambda: FIRST)
        refresh(world.asked, settings, now=lambda: SECOND)
    return home


@pytest.fixture
def home(published, tmp_path):
    return shutil.copytree(published, tmp_path / "home", symlinks=True)


def tables(home):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return {name: con.table(name).order("all").fetchall() for name in TABLES}


def answers(home, run_id):
    return [one.model_dump() for one in Archive(home).answers(run_id)]


def run_ids(home):
    return [run.run_id for run in Archive(home).runs()]


def test_runs_are_listed_with_what_their_answers_take(home):
    first, second = archived_runs(home)
    assert (first.started_at, second.started_at) == (FIRST, SECOND)
    assert (first.doi_count, first.state, first.command) == (2, "published", "refresh")
    folder = home / "archive" / f"run_id={second.run_id}"
    sizes = [path.stat().st_size for path in folder.glob("*.parquet")]
    assert (second.file_count, second.size_bytes) == (len(sizes), sum(sizes))


def test_packed_answers_are_smaller_and_the_same(home):
    before = {run_id: answers(home, run_id) for run_id in run_ids(home)}
    packed = list(compact(home))
    assert [one.run_id for one in packed] == list(before)
    for one in packed:
        assert one.size_after_bytes < one.size_before_bytes
    assert {run_id: answers(home, run_id) for run_id in before} == before
    assert verify(home).exit_code == 0


def test_what_is_packed_is_not_packed_again(home):
    assert list(compact(home))
    assert list(compact(home)) == []


def test_a_run_that_was_cut_short_is_packed_and_stays_what_it_is(home):
    archive = Archive(home)
    run = archive.runs()[-1]
    every = list(archive.answers(run.run_id))
    cut_short = run.model_copy(update={"run_id": f"{run.run_id}0", "finished_at": None})
    archive.begin(cut_short)
    for one in every:
        archive.add(one.model_copy(update={"run_id": cut_short.run_id}))
    listed = archived_runs(home)[-1]
    assert (listed.state, listed.file_count) == ("unfinished", len(every))
    assert list(compact(home))
    listed = archived_runs(home)[-1]
    assert (listed.state, listed.file_count) == ("unfinished", 1)
    question = every[0]
    found = Archive(home).find(cut_short.run_id, question.source, question.request_key)
    assert found.body == question.body


def test_pruning_takes_old_published_runs_only(home):
    first, second = run_ids(home)
    assert [run.run_id for run in to_prune(home, BETWEEN)] == [first]
    assert run_ids(home) == [first, second]
    gone = prune(home, BETWEEN, now=SECOND)
    assert [run.run_id for run in gone] == [first]
    assert run_ids(home) == [second]
    (noted,) = pruned_runs(home)
    assert (noted.run_id, noted.pruned_at) == (first, SECOND)
    assert noted.size_bytes == gone[0].size_bytes
    assert prune(home, BETWEEN) == []
    assert pruned_runs(home) == [noted]


def test_a_run_that_is_not_published_is_not_pruned(home):
    (home / "citehouse.duckdb").unlink()
    assert [run.state for run in archived_runs(home)] == ["unpublished"] * 2
    assert prune(home, SECOND + dt.timedelta(days=9)) == []
    assert len(run_ids(home)) == 2


def test_a_rebuild_keeps_what_pruned_runs_have_brought(home):
    before = tables(home)
    prune(home, BETWEEN)
    rebuild(load_settings(home=home, mailto="tests@example.org"))
    assert tables(home) == before


def test_a_rebuild_keeps_all_if_only_the_first_run_is_left(home):
    """The newer run's folder is gone: what it brought is not read again, but stays."""
    before = tables(home)
    _, second = run_ids(home)
    shutil.rmtree(home / "archive" / f"run_id={second}")
    rebuild(load_settings(home=home, mailto="tests@example.org"))
    assert tables(home) == before


def test_a_rebuild_after_pruning_keeps_versions_of_reference_lists(tmp_path):
    """A reference that a newer version of a record lists was never in an older run."""
    world = random_world(5)
    every = list(nights(world, 3, seed=5, events_each=25, cited_each=2))
    with running(world, FAST) as simulator:
        overrides = simulator.settings_overrides()
        settings = load_settings(home=tmp_path, mailto="tests@example.org", **overrides)
        for night in every:
            simulator.show(night.world)
            at = dt.datetime.combine(night.day, dt.time(2), dt.UTC)
            refresh(world.asked, settings, now=lambda at=at: at)
    before, last = every_table(tmp_path), every[-1].day
    prune(tmp_path, dt.datetime.combine(last, dt.time(), dt.UTC))
    rebuild(settings_of(tmp_path))
    after = every_table(tmp_path)
    assert [name for name in before if before[name] != after[name]] == []


def every_table(home):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        names = con.sql(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_schema in ('core', 'mart', 'staging', 'history')"
            " and table_type = 'BASE TABLE'"
        ).fetchall()
        return {name: con.table(name).order("all").fetchall() for (name,) in names}


def test_what_is_pruned_on_purpose_is_no_fault_and_named(home, capsys):
    first, _ = run_ids(home)
    prune(home, BETWEEN)
    found = verify(home)
    assert found.exit_code == 0
    assert found.pruned_runs == (first,)
    assert citehouse(["--home", str(home), "verify"]) == 0
    assert "Not compared with the archive: 1 run pruned." in capsys.readouterr().out


def test_a_run_that_vanishes_otherwise_is_a_fault(home):
    first, _ = run_ids(home)
    shutil.rmtree(home / "archive" / f"run_id={first}")
    assert verify(home).exit_code == 1


def test_rejected_records_of_pruned_runs_are_left_out_of_a_replay_and_told(home):
    settings = load_settings(home=home, mailto="tests@example.org")
    before = replay(settings, observe=unobserved)
    assert not before.warnings
    prune(home, SECOND + dt.timedelta(days=1))
    after = replay(settings, observe=unobserved)
    assert any("cannot be read again: pruned" in one for one in after.warnings)


def test_what_a_kill_left_of_a_pruned_run_goes_with_the_next_call(home):
    first, second = run_ids(home)
    folder = home / "archive" / f"run_id={first}"
    folder.rename(folder.with_name(f".going-{first}"))
    assert run_ids(home) == [second]
    prune(home, FIRST)
    assert not list((home / "archive").glob(".going-*"))


@pytest.mark.parametrize("call", [lambda home: list(compact(home)), prune])
def test_nothing_is_touched_while_a_run_is_going_on(home, call):
    words = [home] if call is not prune else [home, BETWEEN]
    with only_run(home), pytest.raises(WarehouseError, match="another run is going on"):
        call(*words)


def test_a_log_that_cannot_be_read_is_named(home):
    (home / "archive" / "pruned.jsonl").write_text("{}\n")
    with pytest.raises(WarehouseError, match=r"pruned\.jsonl, line 1"):
        pruned_runs(home)


def settings_of(home):
    return load_settings(home=home, mailto="tests@example.org")


def lose(home, what):
    link = home / "citehouse.duckdb"
    path = link.resolve()
    if what == "the link":
        link.unlink()
    elif what == "the file":
        path.unlink()
    else:
        with duckdb.connect(path) as con:
            con.execute(
                "insert into core.migration by name select 999 as version,"
                " 'a later one' as name, 'x' as sha256"
            )


@pytest.mark.parametrize("what", ["the link", "the file", "the version"])
def test_a_rebuild_that_would_lose_pruned_runs_is_refused(home, what):
    prune(home, BETWEEN)
    lose(home, what)
    generations = sorted(home.glob("generations/*"))
    with pytest.raises(WarehouseError, match=r"were pruned\. Restore"):
        rebuild(settings_of(home))
    assert sorted(home.glob("generations/*")) == generations
    (home / "archive" / "pruned.jsonl").unlink()  # they are given up
    rebuild(settings_of(home))
    assert tables(home)["core.work"]


def test_a_file_that_is_no_link_is_never_replaced(home):
    link = home / "citehouse.duckdb"
    copy = link.resolve().rename(home / "copy.duckdb")
    link.unlink()
    copy.rename(link)
    with pytest.raises(WarehouseError, match="is a file of its own"):
        rebuild(settings_of(home))
    assert not link.is_symlink()


@pytest.mark.parametrize("part", [0.1, 0.9])
def test_a_rebuild_heals_a_file_that_is_damaged_inside(home, part):
    before = tables(home)
    path = (home / "citehouse.duckdb").resolve()
    body = bytearray(path.read_bytes())
    start = int(part * len(body))
    for at in range(start, start + len(body) // 20, 4096):
        body[at] ^= 0xFF
    path.write_bytes(body)
    with pytest.raises(WarehouseError, match="citehouse rebuild"):
        verify(home)
    rebuild(settings_of(home))
    assert tables(home) == before
    assert verify(home).exit_code == 0


def test_a_run_that_is_put_down_but_still_there_is_not_pruned(home):
    first, _ = run_ids(home)
    folder = home / "archive" / f"run_id={first}"
    copy = shutil.copytree(folder, home / "kept")
    prune(home, BETWEEN)
    copy.rename(folder)  # a kill between the log and the removal, or a backup
    assert pruned_runs(home) == []
    next(folder.glob("*.parquet")).unlink()
    assert verify(home).exit_code == 1


def test_a_run_that_came_back_from_a_backup_can_be_pruned_again(home):
    first, _ = run_ids(home)
    folder = home / "archive" / f"run_id={first}"
    shutil.copytree(folder, folder.with_name(f".going-{first}"))
    prune(home, BETWEEN)
    assert first not in run_ids(home)


def test_a_damaged_run_does_not_keep_the_others_from_being_packed(home):
    first, _ = run_ids(home)
    (home / "archive" / f"run_id={first}" / "foreign.parquet").write_text("?")
    with pytest.raises(WarehouseError, match=r"foreign\.parquet"):
        list(compact(home))
    (home / "archive" / f"run_id={first}" / "foreign.parquet").unlink()
    assert [one.run_id for one in compact(home)] == [first]  # the other one is packed


@pytest.fixture
def called(home, monkeypatch, capsys):
    monkeypatch.chdir(home.parent)

    def call(*words):
        assert citehouse(["--home", str(home), "archive", *words]) == 0
        return capsys.readouterr()

    return call


def test_the_command_lists_packs_and_prunes(home, called):
    first, second = run_ids(home)
    listed = called("list").out
    assert first in listed
    assert second in listed
    assert [one["run_id"] for one in json.loads(called("list", "--json").out)] == [
        first,
        second,
    ]
    assert "Packed 2 runs: " in called("compact").err
    assert "Nothing to pack" in called("compact").err
    told = called("prune", "--before", "2026-11-21", "--dry-run")
    assert "Would remove the answers of 1 run: " in told.err
    assert run_ids(home) == [first, second]
    told = called("prune", "--before", "2026-11-21", "--json")
    assert [one["run_id"] for one in json.loads(told.out)] == [first]
    assert "Removed the answers of 1 run: " in told.err
    assert run_ids(home) == [second]
    assert "No published run was begun before" in (
        called("prune", "--before", "2026-11-21").err
    )


def test_a_home_without_an_archive_is_named_and_not_made(tmp_path, capsys):
    for words in (["compact"], ["prune", "--before", "2026-01-01"]):
        assert citehouse(["--home", str(tmp_path / "typo"), "archive", *words]) == 1
        assert "no such folder" in capsys.readouterr().err
    assert not (tmp_path / "typo").exists()
