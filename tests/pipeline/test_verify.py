"""`citehouse verify`: everything adds up, or the rows that do not are shown."""

import json
import shutil

import duckdb
import pyarrow as pa
import pytest

from pipeline.archive import Archive
from pipeline.archive_file import SCHEMA, write_parts
from pipeline.archive_run import RunFolder
from pipeline.cli.app import run as command_line
from pipeline.run import refresh
from pipeline.settings import load_settings
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.server import running
from pipeline.verify import verify


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A home with one run of the sample world; not to be changed."""
    home = tmp_path_factory.mktemp("published")
    world = sample_world()
    with running(world, FAST) as simulator:
        overrides = simulator.settings_overrides()
        settings = load_settings(home=home, mailto="tests@example.org", **overrides)
        refresh(world.asked, settings)
    return home


@pytest.fixture
def home(published, tmp_path):
    """The same, to be damaged."""
    return shutil.copytree(published, tmp_path / "home", symlinks=True)


def change(home, sql):
    with duckdb.connect((home / "citehouse.duckdb").resolve()) as con:
        con.execute(sql)


def broken(home):
    """Name to row count of what does not hold."""
    found = verify(home)
    assert found.exit_code == 1
    return {one.name: one.row_count for one in found.audited if one.is_broken}


def rewrite(home, spoil):
    """Write the archive of the only run anew, each row as `spoil` leaves it."""
    [run] = Archive(home).runs()
    folder = home / "archive" / f"run_id={run.run_id}"
    rows = [
        row
        for table, _ in RunFolder(folder).answers()
        for row in map(spoil, table.to_pylist())
        if row
    ]
    for path in folder.glob("*.parquet"):
        path.unlink()
    tables = (pa.Table.from_pylist([row], schema=SCHEMA) for row in rows)
    write_parts(folder, "part-0123456789ab", tables)


def first_of_openalex(rows_changed, spoil):
    def once(row):
        if row["source"] == "openalex" and not rows_changed:
            rows_changed.append(row["request_key"])
            return spoil(row)
        return row

    return once


def test_a_published_sample_adds_up_and_every_answer_is_hashed(published):
    found = verify(published)

    assert found.exit_code == 0
    assert {one.name: one.row_count for one in found.audited if one.row_count} == {}
    assert all(row.is_even for row in found.sums)
    [run] = Archive(published).runs()
    answers = len(list(Archive(published).answers(run.run_id)))
    examined = {one.name: one.examined for one in found.audited}
    assert examined["archive_is_undamaged"] == answers > 20
    assert {row.verdict for row in found.verdicts} == {"complete", "ambiguous-empty"}


@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("nothing_vanishes", "update core.run_source set absent = absent + 1"),
        (
            "ledger_is_explained",
            "update mart.ledger set unexplained_count = unexplained_count + 1",
        ),
        ("facets_add_up", "delete from mart.citations_by_year"),
    ],
)
def test_tables_that_do_not_add_up_are_named(home, name, sql):
    change(home, sql)
    assert name in broken(home)


def test_a_damaged_body_is_found(home):
    struck = []
    rewrite(home, first_of_openalex(struck, lambda row: row | {"body": b"other"}))
    assert struck
    assert broken(home) == {"archive_is_undamaged": 1}


def test_an_answer_that_is_not_the_one_that_was_loaded_is_found(home):
    change(
        home,
        "update staging.answer set raw_sha256 = 'x' where role = 'agency'",
    )
    assert set(broken(home)) == {"archive_is_loaded"}


def test_an_answer_that_is_gone_from_the_archive_is_found(home):
    struck = []
    rewrite(home, first_of_openalex(struck, lambda _: None))
    assert broken(home) == {"fetch_is_archived": 1}


def test_an_archive_that_cannot_be_read_is_found(home):
    [part] = (home / "archive").glob("*/part-*.parquet")
    part.write_bytes(b"not parquet")
    assert broken(home) == {"archive_is_readable": 1}


def test_a_run_cut_short_is_no_fault_but_is_told(home):
    archive = Archive(home)
    [run] = archive.runs()
    cut = run.model_copy(update={"run_id": "z", "finished_at": None})
    archive.begin(cut)

    found = verify(home)

    assert found.exit_code == 0
    assert found.unfinished_runs == ("z",)


def test_a_finished_run_that_was_never_loaded_is_found(home):
    archive = Archive(home)
    [run] = archive.runs()
    archive.begin(run.model_copy(update={"run_id": "z"}))
    assert broken(home) == {"finished_runs_are_loaded": 1}


def test_the_command_says_so_in_words_and_in_json(home, capsys):
    assert command_line(["--home", str(home), "verify"]) == 0
    assert "Everything adds up" in capsys.readouterr().out

    change(home, "update core.run_source set absent = absent + 1")
    before = (home / "citehouse.duckdb").resolve().stat().st_mtime_ns
    assert command_line(["--home", str(home), "verify", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in said["audited"] if one["row_count"]] == [
        "nothing_vanishes"
    ]
    assert command_line(["--home", str(home), "verify"]) == 1
    out = capsys.readouterr().out
    assert "1 thing not as it should be" in out
    assert "citehouse rebuild" in out
    assert (home / "citehouse.duckdb").resolve().stat().st_mtime_ns == before


def test_without_a_warehouse_it_says_what_to_do(tmp_path, capsys):
    assert command_line(["--home", str(tmp_path), "verify"]) == 1
    assert "citehouse refresh" in capsys.readouterr().err
