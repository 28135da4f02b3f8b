"""Loading is idempotent and does not depend on order; nothing is lost on the way."""

import itertools

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse.load import load_staged, loaded_runs

TABLES = (
    "staging.work_record",
    "staging.citation_record",
    "staging.sighting",
    "staging.reference_run",
    "core.certificate",
    "core.run_source",
    "core.work",
    "core.work_provenance",
    "core.authorship",
    "core.citation",
    "core.citation_evidence",
    "core.source_count",
    "mart.tally",
    "mart.ledger",
    "mart.citations_by_year_and_type",
    "mart.citations_by_journal",
    "mart.citations_by_author",
)


def state(world):
    return {table: world.rows(f"from {table} order by all") for table in TABLES}


@pytest.fixture
def expected(full_world, make_world):
    world = full_world(make_world())
    world.build()
    return state(world)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_order_and_repetition_of_batches_gives_the_same_tables(
    data, expected, full_world, make_world
):
    world = full_world(make_world())
    batches = []
    for run in world.runs:
        positions = range(len(run.answers))
        cut = data.draw(st.sampled_from(list(positions)))
        parts = [list(positions)[:cut], list(positions)[cut:], list(positions)]
        batches += [(run, run.stage(part, f"part-{n}")) for n, part in enumerate(parts)]
    # the third part of a run holds all of it, so each run is whole whatever is repeated
    order = data.draw(st.permutations(batches))
    again = data.draw(st.lists(st.sampled_from(batches), max_size=3))
    for run, folder in [*order, *again]:
        load_staged(world.con, [folder], run.manifest)
    world.derive()
    assert state(world) == expected


def test_folders_may_be_loaded_together_or_one_by_one(expected, full_world, make_world):
    world = full_world(make_world())
    for run in world.runs:
        half = len(run.answers) // 2
        parts = [
            run.stage(range(half), "a"),
            run.stage(range(half, len(run.answers)), "b"),
        ]
        load_staged(world.con, [*parts, parts[0]], run.manifest)
    world.derive()
    assert state(world) == expected


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_newest_record_wins_whatever_comes_last(world, work, order):
    runs = [world.run("10.1/a") for _ in range(3)]
    titles = ("old", "new and shortened", "new and whole")
    for run, title in zip(runs, titles, strict=True):
        run.run_id = "run-1" if title == "old" else "run-2"
        run.folder = run.folder / title
        whole = title != "new and shortened"
        run.answer(
            "crossref",
            "work",
            ("10.1/a", title),
            work("doi:10.1/a", title=title, is_complete=whole),
        )
    for position in order:
        load_staged(world.con, [runs[position].stage()], runs[position].manifest)
    assert world.row(
        "select title, first_seen_run, last_seen_run from staging.work_record"
    ) == ("new and whole", "run-1", "run-2")


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize("together", [True, False])
def test_links_that_one_answer_tells_are_not_lost_to_another(
    world, work, together, turn, version_link
):
    """A list of works says less of a work than the answer about it alone."""
    link = version_link("is-version-of", "doi:10.1101/p")
    run = world.run("10.1/a")
    for links, aliases in (((), ()), ((link,), ("doi:10.1/x",)), ((), ("doi:10.1/y",))):
        record = work("openalex:W1", version_links=links, aliases=aliases)
        run.answer("openalex", "work", ("10.1/a", f"10.1/{aliases}"), record)
    parts = [run.stage([position], f"part-{position}") for position in range(3)]
    for folders in [parts] if together else [[part] for part in parts[::turn]]:
        load_staged(world.con, folders, run.manifest)
    assert world.row("select aliases, version_links from staging.work_record") == (
        ["doi:10.1/x", "doi:10.1/y"],
        [{"relation": "is-version-of", "token": "doi:10.1101/p"}],
    )


def test_links_of_an_older_run_do_not_live_on(world, work, version_link):
    link = version_link("is-version-of", "doi:10.1101/p")
    for links in ((link,), ()):
        run = world.run("10.1/a")
        run.answer(
            "openalex", "work", "10.1/a", work("openalex:W1", version_links=links)
        )
    old, new = world.runs
    for run in (new, old, new):
        load_staged(world.con, [run.stage()], run.manifest)
    assert world.row("select version_links from staging.work_record") == ([],)


@pytest.mark.parametrize("turn", [1, -1])
def test_question_asked_again_in_a_run_keeps_its_last_answer(world, work, reject, turn):
    run = world.run("10.1/a")
    run.answer("crossref", "work", "10.1/a", reject())
    run.answer("crossref", "work", "10.1/a", work("doi:10.1/a"))
    for position in (0, 1)[::turn]:
        folder = run.stage([position], f"part-{position}")
        load_staged(world.con, [folder], run.manifest)
    world.derive()
    counted = "select run_id, source, received, loaded, duplicate, rejected, absent"
    assert world.rows(f"{counted} from core.run_source") == [
        ("run-1", "crossref", 1, 1, 0, 0, 0)
    ]
    assert world.rows("from core.reject") == []


def test_missing_files_are_empty_tables(world, tmp_path):
    run = world.run("10.1/a")
    (tmp_path / "empty").mkdir()
    load_staged(world.con, [tmp_path / "empty"], run.manifest)
    assert world.row("select run_id, requested_doi_count from core.run") == ("run-1", 1)
    assert world.rows("from staging.answer") == []


def test_run_counts_as_loaded_once_its_end_is_known(world):
    run = world.run("10.1/a")
    load_staged(world.con, [], run.manifest.model_copy(update={"finished_at": None}))
    assert loaded_runs(world.con) == set()
    assert world.row("select state from core.run") == ("unfinished",)
    load_staged(world.con, [], run.manifest)
    load_staged(world.con, [], run.manifest.model_copy(update={"finished_at": None}))
    assert loaded_runs(world.con) == {"run-1"}
    assert world.row("select state from core.run") == ("finished",)


def test_load_that_fails_leaves_nothing_behind(world, work):
    run = world.run("10.1/a")
    run.answer("crossref", "work", "10.1/a", work("doi:10.1/a"))
    folder = run.stage()
    (folder / "absent.parquet").write_bytes(b"not parquet")
    with pytest.raises(duckdb.Error, match=r"absent\.parquet"):
        load_staged(world.con, [folder], run.manifest)
    assert world.rows("from core.run") == []
    assert world.rows("from staging.work_record") == []


def test_reject_keeps_all_its_errors_and_its_raw_answer(world, reject):
    run = world.run("10.1/a")
    run.answer("crossref", "work", "10.1/a", reject("published"))
    world.build()
    (row,) = world.records(
        "select source, record_index, errors, raw_sha256 from core.reject"
    )
    assert '"field": "published"' in row["errors"]
    assert row["raw_sha256"] == run.answers[0][0].sha256
