"""Runs that go wrong: what is missing is said to be missing; the next run heals it."""

import os
import signal
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import duckdb
import pytest
from killed import answered, asked_of, kill_often, started, torn

from pipeline.archive import Archive
from pipeline.errors import WarehouseError
from pipeline.http import Client
from pipeline.run import rebuild, refresh
from pipeline.settings import load_settings
from pipeline.simulator.large import large_world
from pipeline.simulator.options import FAST, Fault
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import running
from pipeline.verify import verify

QUICK = replace(FAST, requests_per_second=2_000.0)
"""A source that is slowed down to a thirtieth is still quick."""

MARTS = (
    "citations_by_year_and_type",
    "citations_by_year",
    "citations_by_type",
    "citations_by_journal",
    "citations_by_author",
    "tally",
)
NO_RETRY_AFTER = 500
"""A status without the half minute that OpenAlex asks for with a 503."""


@dataclass(frozen=True)
class Clean:
    """What a run without faults publishes."""

    report: Any
    marts: dict[str, list[tuple[Any, ...]]]
    said: dict[tuple[str, str], tuple[Any, ...]]


def settings_for(simulator, home, **more):
    return load_settings(
        home=home, mailto="tests@example.org", **simulator.settings_overrides(), **more
    )


def opened(home):
    return duckdb.connect(home / "citehouse.duckdb", read_only=True)


def marts_of(home):
    with opened(home) as con:
        return {
            name: con.table(f"mart.{name}").order("all").fetchall() for name in MARTS
        }


def said_in(report):
    """State and declared count; of sources that list, how many are stored, too.

    What Crossref has stored depends on which citing works the others have named.
    """
    return {
        (cited.cited_doi, source): (
            said.state,
            said.declared_count,
            said.stored_count if source != "crossref" else None,
        )
        for cited in report.cited
        for source, said in cited.sources.items()
    }


def adds_up(report):
    return all(
        row.received == row.loaded + row.duplicate + row.rejected + row.absent
        for row in report.sources
    )


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    """The real client with waits of milliseconds between its tries."""
    monkeypatch.setattr("pipeline.running.Client", partial(Client, backoff_s=0.002))


def clean_load(world, home):
    with running(world, QUICK) as simulator:
        report = refresh(world.asked, settings_for(simulator, home))
    return Clean(report, marts_of(home), said_in(report))


@pytest.fixture(scope="module")
def world():
    return random_world(3)


@pytest.fixture(scope="module")
def clean(world, tmp_path_factory):
    return clean_load(world, tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="module")
def paged_world():
    """One work whose list of citing works takes several pages."""
    return large_world(cited=2, citing_each=230)


@pytest.fixture(scope="module")
def paged_clean(paged_world, tmp_path_factory):
    return clean_load(paged_world, tmp_path_factory.mktemp("paged"))


def run_with(world, home, *faults):
    with running(world, replace(QUICK, faults=faults)) as simulator:
        report = refresh(world.asked, settings_for(simulator, home))
    struck = [seen for seen in simulator.requests if seen.fault]
    assert struck, "the fault must have happened"
    return report


def is_unresolved(doi, said):
    """An alias that Crossref could not tell of: nobody else knows it, so no number."""
    return doi.endswith(".former") and said[0] != "known" and said[2] is None


def check_incomplete(report, clean, source):
    """Only `source` may differ from a clean run, and only by saying `failed`."""
    assert report.exit_code == 3
    assert report.state == "incomplete"
    assert adds_up(report)
    said = said_in(report)
    assert said.keys() == clean.said.keys()
    wrong = {
        key: (found, clean.said[key])
        for key, found in said.items()
        if found != clean.said[key]
        and not (key[1] == source and found[0] == "failed")
        and not (source == "crossref" and is_unresolved(key[0], found))
    }
    assert wrong == {}
    for cited in report.cited:
        states = {
            said.state
            for name, said in cited.sources.items()
            if name not in ("crossref", "datacite")  # they list no citing works
        }
        assert (cited.citing_work_count is not None) == (cited.state == "known")
        assert cited.state != "not_indexed" or states == {"not_indexed"}


def check_rebuilt_and_healed(world, home, clean, source):
    published = marts_of(home)
    with running(world, QUICK) as simulator:
        settings = settings_for(simulator, home)
        again = rebuild(settings)
        assert adds_up(again)
        assert marts_of(home) == published
        healed = refresh(world.asked, settings)
    assert healed.exit_code == 0
    assert said_in(healed) == clean.said
    # Where Crossref was silent, OpenCitations was asked in its place about more citing
    # works, and what it said of their journals stays known.
    more = {"citations_by_journal"} if source == "crossref" else set()
    assert different(marts_of(home), clean.marts) <= more


def different(found, expected):
    return {name for name in MARTS if found[name] != expected[name]}


# None strikes so often that one question could use up its tries on it.
PASSING = {
    "rate once": [Fault("rate", times=1)],
    "server errors for a while": [
        Fault("server_error", status=NO_RETRY_AFTER, every=2, times=4)
    ],
    "answers that break off for a while": [
        Fault("truncate", every=5, times=2),
        Fault("reset", every=3, times=2),
    ],
    "successes that are none, for a while": [
        Fault("html", every=7, times=1),
        Fault("empty_body", every=5, times=1),
        Fault("soft_error", every=4, times=1),
        Fault("short_page", "openalex", times=1),
        Fault("empty_list", "crossref", times=1),
    ],
    "rows lost among works": [
        Fault("lost_row", "crossref", times=1),
        Fault("lost_row", "openalex", "doi:", times=1),
    ],
    "rows repeated among works": [
        Fault("repeated_row", "crossref", times=1),
        Fault("repeated_row", "openalex", "doi:", times=1),
    ],
    "batches fail as a whole": [
        Fault("server_error", "crossref", ",doi:", status=NO_RETRY_AFTER),
        Fault("html", "openalex", "|10."),
        Fault("server_error", "opencitations", "__", status=NO_RETRY_AFTER),
    ],
}


@pytest.mark.parametrize("faults", PASSING.values(), ids=PASSING)
def test_trouble_that_passes_leaves_no_trace_in_the_numbers(
    world, clean, tmp_path, faults
):
    report = run_with(world, tmp_path, *faults)

    assert report.exit_code == 0
    assert adds_up(report)
    assert said_in(report) == clean.said
    assert marts_of(tmp_path) == clean.marts


LASTING = {
    "rate at OpenCitations": ("opencitations", Fault("rate", "opencitations")),
    "budget after the works": ("openalex", Fault("budget", "openalex", "cites:")),
    "plan": ("openalex", Fault("plan", "openalex")),
    "auth": ("openalex", Fault("auth", "openalex")),
    "block": ("crossref", Fault("block", "crossref")),
    "OpenAlex down": (
        "openalex",
        Fault("server_error", "openalex", status=NO_RETRY_AFTER),
    ),
    "truncated bodies": ("opencitations", Fault("truncate", "opencitations")),
    "resets": ("openalex", Fault("reset", "openalex")),
    "web pages": ("crossref", Fault("html", "crossref")),
    "empty bodies": ("openalex", Fault("empty_body", "openalex")),
    "errors inside of successes": ("crossref", Fault("soft_error", "crossref")),
    "lists cut short": ("openalex", Fault("short_page", "openalex", "cites:")),
    "empty lists of works": ("openalex", Fault("empty_list", "openalex", "cites:")),
    "a row lost in lists": ("openalex", Fault("lost_row", "openalex", "cites:")),
    "empty lists of citations": (
        "opencitations",
        Fault("empty_list", "opencitations", "citations/"),
    ),
}


HEALED = (
    "block",
    "OpenAlex down",
    "truncated bodies",
    "lists cut short",
    "empty lists of citations",
)


@pytest.mark.parametrize("name", sorted(LASTING.keys() - HEALED))
def test_trouble_that_lasts_is_failed_there_and_nowhere_else(
    world, clean, tmp_path, name
):
    source, fault = LASTING[name]
    report = run_with(world, tmp_path, fault)

    check_incomplete(report, clean, source)
    assert "failed" in {
        said[0] for key, said in said_in(report).items() if key[1] == source
    }


@pytest.mark.parametrize("name", HEALED)
def test_a_rebuild_keeps_what_failed_and_the_next_run_heals_it(
    world, clean, tmp_path, name
):
    source, fault = LASTING[name]
    report = run_with(world, tmp_path, fault)

    check_incomplete(report, clean, source)
    check_rebuilt_and_healed(world, tmp_path, clean, source)


ONE_CITING_WORK_SHORT = {
    "a row repeated in lists": Fault("repeated_row", "openalex", "cites:"),
    "a row lost in citations": Fault("lost_row", "opencitations", "citations/"),
}


@pytest.mark.parametrize(
    "fault", ONE_CITING_WORK_SHORT.values(), ids=ONE_CITING_WORK_SHORT.keys()
)
def test_a_list_that_lacks_a_citing_work_is_not_known(world, clean, tmp_path, fault):
    report = run_with(world, tmp_path, fault)

    check_incomplete(report, clean, fault.api)


def test_batches_that_fail_side_by_side_are_no_sign_of_a_source_that_is_down(tmp_path):
    world = large_world(cited=60, citing_each=0)
    fault = Fault("server_error", "crossref", ",doi:", status=NO_RETRY_AFTER)
    with running(world, replace(QUICK, faults=(fault,))) as simulator:
        report = refresh(world.asked, settings_for(simulator, tmp_path, batch_size=20))

    assert {row.stopped_reason for row in report.sources} == {None}
    assert report.state == "complete"


@pytest.mark.parametrize("kind", ["server_error", "rate", "html", "reset"])
def test_a_source_without_any_answer_is_soon_left_alone(tmp_path, kind):
    world = large_world(cited=30, citing_each=0)
    with running(
        world, replace(QUICK, faults=(Fault(kind, "opencitations"),))
    ) as simulator:
        report = refresh(world.asked, settings_for(simulator, tmp_path))

    [row] = [row for row in report.sources if row.source == "opencitations"]
    assert row.failed == 30
    assert row.stopped_reason == "no answer to many questions"
    assert simulator.meter.count("opencitations") < 150
    assert report.exit_code == 3


def test_a_citing_work_that_could_not_be_described_makes_the_run_incomplete(
    world, clean, tmp_path
):
    citing = next(
        (work.doi or "").lower()
        for edge in world.citations
        for work in [world.works[edge.citing]]
        if "openalex" in edge.known_to
        and "crossref" in work.known_to
        and (work.doi or "").startswith("10.5555/")
    )
    fault = Fault("server_error", "crossref", citing, status=NO_RETRY_AFTER)
    report = run_with(world, tmp_path, fault)

    assert said_in(report) == clean.said
    assert report.exit_code == 3
    assert report.warnings == (
        "Crossref: 1 question was not answered about citing works; their types and "
        "dates are what others say. The next run asks again.",
    )


def test_a_budget_that_ends_between_two_pages_leaves_no_number(
    paged_world, paged_clean, tmp_path
):
    faults = [Fault("budget", "openalex", "cites:", every=3)]
    report = run_with(paged_world, tmp_path, *faults)

    check_incomplete(report, paged_clean, "openalex")
    [row] = [row for row in report.sources if row.source == "openalex"]
    assert row.failed > 0
    assert row.stopped_reason
    check_rebuilt_and_healed(paged_world, tmp_path, paged_clean, "openalex")


def test_counts_that_do_not_come_leave_no_zero(world, clean, tmp_path):
    report = run_with(world, tmp_path, Fault("empty_list", "opencitations", "count/"))

    for key, (state, _, stored) in said_in(report).items():
        was_known, _, was_stored = clean.said[key]
        assert state == "failed" or (state, stored) == (was_known, was_stored)


def test_a_source_that_answers_with_nothing_knows_nothing(world, tmp_path):
    report = run_with(world, tmp_path, Fault("empty_list", "opencitations"))

    said = {said for key, said in said_in(report).items() if key[1] == "opencitations"}
    assert said == {("not_indexed", None, None)}


def begun_again(home):
    """Make the newest run look as if it had been cut short at its end."""
    archive = Archive(home)
    archive.begin(archive.runs()[-1].model_copy(update={"finished_at": None}))


def test_a_run_taken_up_after_failures_publishes_what_a_rebuild_gives(
    world, clean, tmp_path
):
    single = Fault(
        "server_error", "openalex", "works/doi:10.5555/", status=NO_RETRY_AFTER
    )
    batches = Fault("server_error", "openalex", "|10.", status=NO_RETRY_AFTER)
    run_with(world, tmp_path, single, batches)
    begun_again(tmp_path)
    with running(world, QUICK) as simulator:
        settings = settings_for(simulator, tmp_path)
        report = refresh(world.asked, settings)
        published = marts_of(tmp_path)
        again = rebuild(settings)

    assert report.run_id == again.run_id
    assert said_in(report) == said_in(again)
    assert marts_of(tmp_path) == published
    assert adds_up(report)
    assert adds_up(again)
    assert different(published, clean.marts) == set()


def test_a_run_that_was_finished_but_not_loaded_is_loaded_by_the_next(
    world, clean, tmp_path
):
    in_the_way = tmp_path / "generations"
    in_the_way.write_text("not a folder")
    with running(world, QUICK) as simulator:
        settings = settings_for(simulator, tmp_path)
        with pytest.raises(WarehouseError, match=r"cannot write in .*generations"):
            refresh(world.asked[:3], settings)
        in_the_way.unlink()
        refresh(world.asked[3:], settings)

    assert marts_of(tmp_path) == clean.marts


@pytest.mark.parametrize("name", ["archive", "staging", "generations"])
def test_a_file_in_the_place_of_a_folder_is_told(world, tmp_path, name):
    (tmp_path / name).write_text("not a folder")
    with (
        running(world, QUICK) as simulator,
        pytest.raises(WarehouseError, match=rf"cannot write in .*{name}"),
    ):
        refresh(world.asked[:1], settings_for(simulator, tmp_path))


def test_half_a_manifest_of_a_run_cut_short_does_not_stop_the_next(world, tmp_path):
    folder = tmp_path / "archive" / "run_id=20260101T000000.000000Z-dead"
    folder.mkdir(parents=True)
    (folder / ".writing-manifest.json").write_text('{"run_')
    with running(world, QUICK) as simulator:
        report = refresh(world.asked[:1], settings_for(simulator, tmp_path))

    assert report.exit_code == 0


def test_a_second_run_in_a_home_is_turned_away_while_the_first_goes_on(world, tmp_path):
    refused = []

    def try_once(_):
        if not refused:
            refused.append(True)
            with pytest.raises(WarehouseError, match="another run is going on") as err:
                refresh(world.asked, settings)
            refused.append(str(err.value))

    with running(world, QUICK) as simulator:
        settings = settings_for(simulator, tmp_path)
        report = refresh(world.asked, settings, observe=try_once)

    assert len(refused) == 2
    assert f"(process {os.getpid()}, since 2" in refused[1]
    assert not (tmp_path / "run.holder").exists()
    assert report.exit_code == 0


def test_a_source_that_knows_too_little_breaks_an_expectation(tmp_path):
    world = large_world(cited=20, citing_each=0)
    strangers = [f"10.5555/nobody.{number}" for number in range(30)]
    with running(world, QUICK) as simulator:
        report = refresh([*world.asked, *strangers], settings_for(simulator, tmp_path))

    assert report.state == "complete"
    assert report.exit_code == 3
    assert any("OpenAlex knows 20 of 50" in one for one in report.expectations_broken)


def has_come(simulator, count):
    return len(simulator.requests) >= count


def has_archived(home, count):
    begun = any(home.glob("archive/*/manifest.json"))
    return begun and len(list(home.glob("archive/*/answer-*.parquet"))) >= count


def wait_for(is_so, timeout_s=20.0):
    until = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.002)


KILLS = (0, 1, 3, 7, 12, 18, 22, 26)
"""As soon as so many answers are in the archive; a whole run has 30."""


def test_nothing_archived_is_asked_again_however_often_a_run_is_killed(
    world, clean, tmp_path
):
    asked_again = set()
    had = set()
    with running(world, replace(QUICK, latency_ms=20.0)) as simulator:
        for count in KILLS:
            since = len(simulator.requests)
            process = started(simulator, tmp_path, world.asked)
            wait_for(partial(has_archived, tmp_path, count))
            process.kill()
            process.communicate()
            assert torn(tmp_path) == []
            asked_again |= had & asked_of(simulator, since)
            [begun] = Archive(tmp_path).runs()
            had = answered(tmp_path, begun)
        since = len(simulator.requests)
        report = refresh(world.asked, settings_for(simulator, tmp_path))

    assert len(had) > 20
    assert had <= asked_of(simulator)
    assert asked_again | (had & asked_of(simulator, since)) == set()
    assert report.run_id == begun.run_id
    assert report.exit_code == 0
    assert marts_of(tmp_path) == clean.marts


def test_readers_see_whole_generations_while_runs_are_killed_at_random(tmp_path):
    found = kill_often(large_world(2, 3), tmp_path, kills=6, seed=5)

    assert found.seen.reads > 0
    assert (found.seen.errors, found.seen.torn, found.torn) == ([], [], [])
    assert found.refetched == set()
    assert found.last_exit_code == 0
    assert verify(tmp_path).exit_code == 0


@pytest.mark.parametrize("wait_s", [0.0, 0.3])
def test_a_kill_while_tables_are_built_leaves_a_whole_warehouse(
    world, clean, tmp_path, wait_s
):
    with running(world, QUICK) as simulator:
        settings = settings_for(simulator, tmp_path)
        refresh(world.asked[:2], settings)
        process = started(simulator, tmp_path, world.asked)
        wait_for(lambda: any(tmp_path.glob("generations/*.building")))
        time.sleep(wait_s)
        process.kill()
        process.communicate()
        assert torn(tmp_path) == []
        report = refresh(world.asked, settings)

    assert report.exit_code == 0
    assert marts_of(tmp_path) == clean.marts


def test_ctrl_c_ends_a_run_at_once_and_the_next_goes_on(world, clean, tmp_path):
    with running(world, replace(QUICK, latency_ms=60_000.0)) as simulator:
        process = started(simulator, tmp_path, world.asked)
        wait_for(partial(has_come, simulator, 1))
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)  # half of what an answer takes

    assert process.returncode == 130
    assert said == "citehouse: stopped; what was published before is untouched\n"
    with running(world, QUICK) as simulator:
        refresh(world.asked, settings_for(simulator, tmp_path))
    assert marts_of(tmp_path) == clean.marts


@pytest.mark.parametrize("blocks", [8, 400])
def test_a_full_disk_is_told_and_costs_nothing_that_was_there(
    world, clean, tmp_path, blocks
):
    # A limit on the size of files fails in the same calls as a full disk.
    limited = ("sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh")
    with running(world, QUICK) as simulator:
        process = started(simulator, tmp_path, world.asked, before=limited)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert said.startswith("citehouse: ")
        assert "File too large" in said
        assert "unexpected" not in said
        report = refresh(world.asked, settings_for(simulator, tmp_path))

    assert report.exit_code == 0
    assert marts_of(tmp_path) == clean.marts
