"""`citehouse works`: how a work was put together, and a person's say in it."""

import json
import shutil

import duckdb
import pytest

from pipeline.identity_decisions import FILE

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


def test_a_decision_says_what_it_did_that_it_is_published_and_how_to_undo_it(own):
    one, other = two_works(own)

    merged = own("works", "merge", one, other)
    assert merged.stdout == "d1\n"
    for part in (one, other, "published", "works undo d1"):
        assert part in merged.stderr

    undone = own("works", "undo", "d1")
    assert undone.stdout == "d2\n"
    for part in ("Undid d1", one, other, "Published"):
        assert part in undone.stderr

    work = joined(own)
    taken = work["tokens"][-1]
    split = own("works", "split", work["work_id"], "--token", taken)
    assert split.stdout == "d3\n"
    for part in (taken, work["work_id"], work["title"], "published", "works undo d3"):
        assert part in split.stderr


def test_quiet_leaves_the_id_alone(own):
    done = own("works", "merge", *two_works(own), "--quiet")

    assert (done.stdout, done.stderr) == ("d1\n", "")


def test_the_log_says_what_has_become_of_each_decision(own):
    one, other = two_works(own)
    own.data("works", "merge", one, other)
    own.data("works", "undo", "d1")
    own.data("works", "merge", one, other)
    write_decision(own, "d4", "merge", tokens=[one, "doi:10.5555/nobody"])
    own.data("rebuild", "--json")
    write_decision(own, "d5", "undo", undoes="d3")

    said = [line for line in own.data("works", "log").splitlines() if line[0] == "d"]
    states = [line.split("  ", 3)[-1] for line in said]
    assert states == [
        "undone by d2",
        "undo of d1",
        "undone by d5",
        "waits: no record has doi:10.5555/nobody",
        "not published yet: the next run takes it up",
    ]
    log = json.loads(own.data("works", "log", "--json"))
    assert [row["is_in_force"] for row in log] == [False, False, False, True, False]
    assert [row["undone_by"] for row in log] == ["d2", None, "d5", None, None]
    assert log[3]["waits_for"] == ["doi:10.5555/nobody"]
    assert [row["is_published"] for row in log] == [True, True, False, True, False]


def write_decision(shell, decision_id, action, **fields):
    """As a machine leaves it that stops between the decision and its publication."""
    line = {"decision_id": decision_id, "action": action, **fields}
    line["decided_at"] = "2026-01-02T03:04:05Z"
    with (shell.folder / "home" / FILE.name).open("a") as file:
        file.write(f"{json.dumps(line)}\n")


def test_a_decision_left_unpublished_is_announced_by_whoever_publishes_it(own):
    one, other = two_works(own)
    write_decision(own, "d1", "merge", tokens=[one, other])
    sentence = (
        f"Decision d1 of 2026-01-02 (merge of {one}, {other}) "
        "takes effect with this publication."
    )

    assert sentence in json.loads(own.data("rebuild", "--json"))["warnings"]
    assert sentence not in json.loads(own.data("rebuild", "--json"))["warnings"]

    write_decision(own, "d2", "undo", undoes="d1")
    work = joined(own)
    done = own("works", "split", work["work_id"], "--token", work["tokens"][-1])
    assert "Decision d2 of 2026-01-02 (undo of d1) takes effect" in done.stderr
    assert "Decision d1" not in done.stderr


def test_show_and_log_fit_80_columns_and_keep_identifiers_whole(own):
    work = joined(own)
    taken = work["tokens"][-1]
    last = "eventually"
    reason = f"a reason that says in a good many words what is wrong, {last}"
    own.data("works", "split", work["work_id"], "--token", taken, "--reason", reason)

    shown = own.data("works", "show", work["work_id"])
    logged = own.data("works", "log")
    long = [line for line in (shown + logged).splitlines() if len(line) > 80]
    assert [line for line in long if " " in line.strip()] == []
    left = json.loads(own.data("works", "show", work["work_id"], "--json"))
    words = shown.split()
    for token in left["tokens"]:
        assert token in words
    for join in left["joins"]:
        assert {join["token_a"], join["token_b"], join["record_key"]} <= set(words)
    assert taken in logged.split()
    assert last in logged.split()


def test_a_number_that_is_not_known_is_said_in_words(own):
    citing, _ = two_works(own)

    assert "how many works cite it is not known" in own.data("works", "show", citing)


def test_an_identifier_longer_than_a_line_stands_alone_and_whole(own):
    one, _ = two_works(own)
    long = f"doi:10.5555/{'x' * 200}"
    write_decision(own, "d1", "merge", tokens=[one, long])

    assert long in own.data("works", "log").split()


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
    assert not (own.folder / "home" / FILE.name).exists()


def test_a_merge_of_what_a_split_keeps_apart_is_refused(own):
    work = joined(own)
    taken = work["tokens"][-1]
    own.data("works", "split", work["work_id"], "--token", taken)

    done = own("works", "merge", work["work_id"], taken)
    assert done.returncode == 2
    assert "works undo d1" in done.stderr


def test_decisions_that_cannot_be_read_are_no_crash(own):
    (own.folder / "home" / FILE.name).mkdir()

    done = own("works", "log")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert FILE.name in line
    assert "Is a directory" in line
