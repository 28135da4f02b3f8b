"""`citehouse correct` and `citehouse corrections`: a person's say in a stance."""

import json
import shutil
import subprocess
import sys

import duckdb
import pytest

from pipeline.corrections import FILE
from pipeline.home import only_run
from pipeline.stance.rule import own_rule

STANCES = (
    "select tally.cited_doi, supporting_statement_count, mentioning_statement_count,"
    " contrasting_statement_count, statement_count, reviewed_statement_count"
    " from mart.tally where state = 'known' order by 1"
)
BAKERS = "10.5555/citehouse.bakers.2015"
MENTIONING = (
    "select statement_id from core.citation_statement join core.stance"
    " using (statement_id) where stance = 'mentioning'"
    " and cited_work_id = 'doi:10.5555/citehouse.bakers.2015' order by 1"
)
EVERYTHING = (
    "select table_schema || '.' || table_name from information_schema.tables"
    " where table_schema in ('core', 'mart') order by 1"
)


@pytest.fixture
def own(demo, shell_at, tmp_path):
    """A shell with a copy of the demo's warehouse, for writing."""
    home = tmp_path / "home"
    shutil.copytree(demo.home, home, symlinks=True)
    return shell_at(tmp_path, CITEHOUSE_HOME=str(home))


def home_of(shell):
    return shell.folder / "home"


def query(shell, sql):
    return json.loads(shell.data("query", sql, "--format", "json"))


def statement(shell, place=0):
    """A statement about the trial in bakers that the classifier says is mentioning."""
    rows = query(shell, MENTIONING)
    return rows[place]["statement_id"]


def decided(shell, statement_id):
    [row] = query(
        shell,
        f"from core.statement_stance where statement_id = '{statement_id}'",
    )
    return row


def said(shell, statement_id):
    [row] = query(
        shell, f"from core.citation_statement where statement_id = '{statement_id}'"
    )
    return row


def correct(shell, statement_id, stance="contrasting", by="Ada Ek", why="it says so"):
    return shell("correct", statement_id, "--stance", stance, "--by", by, "--why", why)


def tally(shell):
    [row] = query(shell, f"from mart.tally where cited_doi = '{BAKERS}'")
    return row


def tables(shell):
    """All rows of all core and mart tables, as a reader sees them."""
    path = home_of(shell) / "citehouse.duckdb"
    with duckdb.connect(path, read_only=True) as con:
        names = [name for (name,) in con.execute(EVERYTHING).fetchall()]
        return {n: con.execute(f"from {n} order by all").fetchall() for n in names}


def listed(shell):
    return json.loads(shell.data("corrections", "list", "--json"))


def exported(shell):
    return [
        json.loads(line)
        for line in shell.data("corrections", "export").split("\n")[:-1]
    ]


def write_verdict(shell, decision_id, about, **changed):
    """As a machine leaves it that stops between the verdict and its publication."""
    row = said(shell, about)
    kept = ("statement_id", "text", "section", "marker", "text_offset")
    statement = {name: row[name] for name in kept} | {
        "citing_token": row["citing_work_id"],
        "cited_token": row["cited_work_id"],
    }
    line = {
        "decision_id": decision_id,
        "action": "correct",
        "reviewer": "Ada Ek",
        "stance": "supporting",
        "statement": statement | changed,
        "reason": "carried here",
        "decided_at": "2026-01-02T03:04:05Z",
    }
    with (home_of(shell) / FILE.name).open("a") as file:
        file.write(f"{json.dumps(line)}\n")


def test_a_verdict_counts_at_once_in_every_table_and_says_how_to_undo_it(own):
    one = statement(own)
    before = tally(own)

    done = correct(own, one[:8])

    assert (done.returncode, done.stdout) == (0, "c1\n")
    for part in (one, "counted as mentioning", "Published", "corrections undo c1"):
        assert part in done.stderr
    after = tally(own)
    moved = {name for name in after if after[name] != before[name]}
    assert moved == {
        "mentioning_statement_count",
        "contrasting_statement_count",
        "reviewed_statement_count",
    }
    assert after["reviewed_statement_count"] == 1
    assert (
        after["contrasting_statement_count"]
        == before["contrasting_statement_count"] + 1
    )
    row = decided(own, one)
    assert (row["stance"], row["decided_by"]) == ("contrasting", "reviewer")
    assert (row["confidence"], row["model_stance"]) == (None, "mentioning")
    assert (row["reviewers"], row["is_disputed"]) == (["Ada Ek"], False)


def test_what_is_not_known_has_no_reviewed_statements_either(own):
    rows = query(
        own,
        "select distinct reviewed_statement_count from mart.tally"
        " where state <> 'known'",
    )
    assert rows == [{"reviewed_statement_count": None}]


def test_an_undo_gives_the_tables_before(own):
    before = tables(own)
    correct(own, statement(own))
    assert tables(own) != before

    done = own("corrections", "undo", "c1", "--why", "misread")

    assert (done.returncode, done.stdout) == (0, "c2\n")
    assert "Undid c1: contrasting, says Ada Ek" in done.stderr
    assert tables(own) == before


def test_a_rebuild_keeps_a_verdict(own):
    one = statement(own)
    correct(own, one)
    before = tables(own)

    own.data("rebuild", "--json")

    assert tables(own) == before
    assert decided(own, one)["decided_by"] == "reviewer"


def test_a_rebuild_from_the_archive_alone_keeps_a_verdict(own):
    one = statement(own)
    correct(own, one)
    before = query(own, STANCES)
    (home_of(own) / "citehouse.duckdb").unlink()
    shutil.rmtree(home_of(own) / "generations")

    own.data("rebuild", "--json")

    assert query(own, STANCES) == before
    assert decided(own, one)["reviewers"] == ["Ada Ek"]


def test_reviewers_that_disagree_leave_it_to_the_classifier_and_it_is_disputed(own):
    one = statement(own)
    before = query(own, STANCES)
    correct(own, one, "contrasting", by="Ada Ek")
    correct(own, one, "supporting", by="Bo Ask")

    row = decided(own, one)
    assert (row["stance"], row["decided_by"]) == ("mentioning", "classifier")
    assert (row["is_disputed"], row["reviewers"]) == (True, ["Ada Ek", "Bo Ask"])
    assert row["confidence"] is not None
    assert query(own, STANCES) == before
    assert {line["is_disputed"] for line in exported(own)} == {True}
    assert "disputed: the classifier decides" in own.data("corrections", "list")

    correct(own, one, "contrasting", by="Bo  Ask")  # the newest verdict counts
    row = decided(own, one)
    assert (row["stance"], row["is_disputed"]) == ("contrasting", False)
    assert [line["replaced_by"] for line in listed(own)] == [None, "c3", None]
    assert len(exported(own)) == 2

    own.data("corrections", "undo", "c3")  # then the one before it counts again
    assert decided(own, one)["is_disputed"] is True


def test_a_report_of_before_shows_what_counted_then(own):
    one = statement(own)
    [run] = query(own, "select max(run_id) as run_id from core.run")
    then = own.data("report", BAKERS, "--json", "--as-of", run["run_id"])
    correct(own, one)

    assert own.data("report", BAKERS, "--json", "--as-of", run["run_id"]) == then
    now = json.loads(own.data("report", BAKERS, "--json"))
    [shown] = [it for it in now["statements"] if it["statement_id"] == one]
    assert (shown["stance"], shown["decided_by"]) == ("contrasting", "reviewer")
    assert (shown["model_stance"], shown["reviewers"]) == ("mentioning", ["Ada Ek"])
    assert now["reviewed_statement_count"] == 1


def test_people_see_who_says_so_and_what_is_disputed(own):
    found = json.loads(own.data("search", "blue lamps", "--json"))["statements"]
    one = found[0]["statement_id"]

    correct(own, one, by="Ada Ek")
    assert "says Ada Ek" in own.data("search", "blue lamps")
    assert "1 reviewed by people" in " ".join(own.data("report", BAKERS).split())

    correct(own, one, "supporting", by="Bo Ask")
    assert "disputed" in own.data("search", "blue lamps")
    assert "reviewed by" not in own.data("report", BAKERS)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("00000000",), "no statement 00000000"),
        (("0" * 33,), "is not a statement_id"),
        (("abc",), "is not a statement_id"),
        (("nonsense",), "is not a statement_id"),
    ],
)
def test_a_statement_that_is_not_known_is_wrong_use(own, words, message):
    done = correct(own, *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert not (home_of(own) / FILE.name).exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"by": "  "}, "a reviewer has a name"),
        ({"by": "x" * 101}, "a reviewer has a name"),
        ({"why": " "}, "say why"),
        ({"stance": "unclassified"}, "--stance"),
    ],
)
def test_wrong_words_say_what_and_change_nothing(own, changed, message):
    done = correct(own, statement(own), **changed)

    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert not (home_of(own) / FILE.name).exists()


def test_an_undo_of_what_is_not_in_force_is_wrong_use(own):
    done = own("corrections", "undo", "c7")

    assert done.returncode == 2
    assert "citehouse corrections list" in done.stderr


def test_without_corrections_the_list_says_so_and_the_export_is_empty(own):
    done = own("corrections", "list")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no corrections" in done.stderr
    assert own.data("corrections", "export") == ""


def test_a_verdict_left_unpublished_is_announced_by_the_next_one(own):
    left, other = statement(own, 0), statement(own, 1)
    write_verdict(own, "c1", left)
    assert "not published yet" in own.data("corrections", "list")

    done = correct(own, other)

    assert done.stdout == "c2\n"
    assert (
        f"Decision c1 of 2026-01-02 (supporting, says Ada Ek of {left})"
        " takes effect with this publication." in done.stderr
    )
    assert decided(own, left)["stance"] == "supporting"
    assert tally(own)["reviewed_statement_count"] == 2


def test_a_process_killed_before_it_publishes_leaves_a_verdict_for_the_next(own):
    left, other = statement(own, 0), statement(own, 1)
    killed = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, pipeline.deciding as d\n"
            "d.republish = lambda *_, **__: os._exit(9)\n"
            "from pipeline.cli.app import run\n"
            f"run(['correct', '{left}', '--stance', 'supporting', '--by', 'Ada Ek',"
            " '--why', 'x'])",
        ],
        cwd=own.folder,
        env={**own.variables, "PYTHONPATH": sys.path[0]},
        check=False,
    )
    assert killed.returncode == 9
    assert decided(own, left)["decided_by"] == "classifier"
    assert [line["is_published"] for line in listed(own)] == [False]

    assert "Decision c1" in correct(own, other).stderr
    assert [line["is_published"] for line in listed(own)] == [True, True]
    assert decided(own, left)["decided_by"] == "reviewer"


def test_a_home_in_use_takes_no_verdict(own):
    one = statement(own)
    with only_run(home_of(own)):
        done = correct(own, one)

    assert (done.returncode, done.stdout) == (1, "")
    assert "another run is going on" in done.stderr
    assert not (home_of(own) / FILE.name).exists()


def test_two_people_at_once_lose_no_verdict_that_was_acknowledged(own):
    both = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "pipeline", "correct", statement(own, place)),
                *("--stance", "supporting", "--by", name, "--why", "x"),
            ],
            cwd=own.folder,
            env=own.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for place, name in enumerate(("Ada Ek", "Bo Ask"))
    ]
    answers = [one.communicate() for one in both]
    acknowledged = {out.strip() for out, _ in answers if out}

    assert acknowledged
    assert {one.returncode for one in both} <= {0, 1}
    assert {line["decision_id"] for line in listed(own)} == acknowledged
    assert all(line["is_published"] for line in listed(own))


def test_a_statement_is_found_again_under_another_id_and_spelling(own):
    one = statement(own)
    older = f"  {said(own, one)['text'].upper()} "
    write_verdict(own, "c1", one, statement_id="0" * 32, text=older)

    own.data("rebuild", "--json")

    assert decided(own, one)["reviewers"] == ["Ada Ek"]
    [line] = listed(own)
    assert (line["statement_id"], line["is_waiting"]) == (one, False)


def test_a_verdict_waits_whose_statement_is_not_there_and_is_exported(own):
    one = statement(own)
    write_verdict(
        own, "c1", one, statement_id="0" * 32, text="Nobody wrote this sentence [1]."
    )

    own.data("rebuild", "--json")

    assert "waits: its statement is not there" in own.data("corrections", "list")
    [line] = listed(own)
    assert (line["is_in_force"], line["is_waiting"]) == (True, True)
    assert tally(own)["reviewed_statement_count"] == 0
    [lesson] = exported(own)
    assert lesson["text"] == "Nobody wrote this sentence [1]."


def test_the_export_is_what_classify_reads(own):
    one, other = statement(own, 0), statement(own, 1)
    correct(own, one, why="täglich “anders”")
    correct(own, other, "supporting", by="Bo Ask")
    before = {it: decided(own, it) for it in (one, other)}

    text = own.data("corrections", "export")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["statement_id"] for line in lines] == [one, other]
    assert lines[0]["why"] == "täglich “anders”"
    assert lines[0]["cited_doi"] == BAKERS
    done = own("classify", stdin=text)

    assert done.returncode == 0, done.stderr
    judged = [json.loads(line) for line in done.stdout.splitlines()]
    for line, verdict in zip(lines, judged, strict=True):
        held = before[line["statement_id"]]
        assert verdict["stance"] == held["model_stance"]
        assert verdict["confidence"] == pytest.approx(held[f"p_{verdict['stance']}"])
        assert verdict["model_version"] == own_rule().version


def test_corrections_that_cannot_be_read_are_no_crash(own):
    (home_of(own) / FILE.name).write_text("nonsense\n")

    done = own("corrections", "list")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{FILE.name}, line 1 is not a decision" in done.stderr
