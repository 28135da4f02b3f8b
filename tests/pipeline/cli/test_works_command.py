"""`citehouse works`: how a work was put together, and a person's say in it."""

import json
import shutil

import duckdb
import pytest

from pipeline.identity_decisions import FILE_NAME

EVERYTHING = (
    "select table_schema || '.' || table_name from information_schema.tables "
    "where table_schema in ('core', 'mart') and table_name <> 'identity_decision' "
    "order by 1"
)


@pytest.fixture
def own(demo, shell_at, tmp_path):
    """A shell with a copy of the demo's warehouse, for writing."""
    home = tmp_path / "home"
    shutil.copytree(demo.home, home, symlinks=True)
    return shell_at(tmp_path, CITEHOUSE_HOME=str(home))


def tables(shell):
    """All rows of all core and mart tables, as a reader sees them."""
    with duckdb.connect(
        shell.folder / "home" / "citehouse.duckdb", read_only=True
    ) as c:
        names = [name for (name,) in c.execute(EVERYTHING).fetchall()]
        return {n: c.execute(f"from {n} order by all").fetchall() for n in names}


def query(shell, sql):
    return json.loads(shell.data("query", sql, "--format", "json"))


def two_works(shell):
    """Two citing works of the demo, neither of which is a version of the other."""
    rows = query(
        shell,
        "select citing_work_id as id from core.citation order by 1 limit 40",
    )
    ids = list(dict.fromkeys(row["id"] for row in rows if row["id"][:3] == "doi"))
    return ids[0], ids[1]


def joined(shell):
    """A work with several identifiers, and its name."""
    (row,) = query(
        shell,
        "select work_id as id from core.merge_log group by 1 "
        "order by count(*) desc, 1 limit 1",
    )
    return json.loads(shell.data("works", "show", row["id"], "--json"))


def test_show_says_who_put_the_identifiers_together(own):
    work = joined(own)

    assert len(work["joins"]) == len(work["tokens"]) - 1
    assert {one["decided_by"] for one in work["joins"]} == {"record"}
    assert work["joins"][0]["record_key"] in own.data("works", "show", work["work_id"])


def test_a_merge_counts_two_citing_works_once_and_its_undo_gives_the_tables_before(own):
    one, other = two_works(own)
    before = tables(own)

    made = own.data("works", "merge", one, other, "--reason", "same text").strip()
    merged = tables(own)
    assert merged["core.merge_log"] != before["core.merge_log"]
    assert merged["mart.tally"] != before["mart.tally"]
    assert json.loads(own.data("works", "show", other, "--json"))["work_id"] in (
        one,
        other,
    )

    own.data("works", "undo", made)
    assert tables(own) == before


def test_a_split_outlives_a_rebuild(own):
    work = joined(own)
    taken = work["tokens"][-1]
    own.data("works", "split", work["work_id"], "--token", taken)
    split = tables(own)
    own.data("rebuild", "--json")

    assert json.loads(own.data("works", "show", taken, "--json"))["work_id"] == taken
    assert tables(own)["mart.tally"] == split["mart.tally"]
    assert tables(own)["core.merge_log"] == split["core.merge_log"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "10.5555/nobody"), "names no work"),
        (("show", "nonsense"), "not an identifier"),
        (("undo", "d7"), "no decision"),
    ],
)
def test_wrong_use_says_what_and_changes_nothing(own, words, said):
    done = own("works", *words)

    assert done.returncode == 2
    assert said in done.stderr
    assert not (own.folder / "home" / FILE_NAME).exists()


def test_a_merge_of_what_a_split_keeps_apart_is_refused(own):
    work = joined(own)
    taken = work["tokens"][-1]
    own.data("works", "split", work["work_id"], "--token", taken)

    done = own("works", "merge", work["work_id"], taken)
    assert done.returncode == 2
    assert "works undo d1" in done.stderr
