"""Verdicts on stances: in their file, through runs, and under a newer classifier."""

import json
import shutil
from importlib.resources import as_file, files

import duckdb
import pytest

from pipeline import deciding
from pipeline.correct import correct, undo
from pipeline.correction_log import correction_log, training_lines
from pipeline.corrections import FILE
from pipeline.errors import UsageError, WarehouseError
from pipeline.run import rebuild, refresh
from pipeline.settings import load_settings
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import BAKERS_DOI
from pipeline.simulator.server import running
from pipeline.stance import fill
from pipeline.stance.classifier import Classifier
from pipeline.stance.rule import own_rule, read_rule

STATEMENT = {
    "statement_id": "0a",
    "citing_token": "doi:10.1/a",
    "cited_token": "doi:10.1/b",
    "text": "As shown [1].",
    "section": "results",
    "text_offset": 0,
}
VERDICT = {
    "decision_id": "c1",
    "action": "correct",
    "reviewer": "Ada Ek",
    "stance": "supporting",
    "statement": STATEMENT,
    "decided_at": "2026-01-01T00:00:00Z",
}


def rows(home, sql, *values):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.execute(sql, list(values)).fetchall()


def stance(home, statement_id):
    [row] = rows(
        home,
        "select stance, decided_by, model_version, reviewers"
        " from core.statement_stance where statement_id = ?",
        statement_id,
    )
    return row


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A home about the trial in bakers."""
    home = tmp_path_factory.mktemp("bakers")
    with running(sample_world(), FAST) as simulator:
        overrides = simulator.settings_overrides()
        refresh([BAKERS_DOI], load_settings(home=home, **overrides))
    return home


@pytest.fixture
def settings(published, tmp_path):
    """Settings of a copy of that home, for writing."""
    shutil.copytree(published, tmp_path / "home", symlinks=True)
    return load_settings(home=tmp_path / "home")


@pytest.fixture
def mentioning(settings):
    """The ids of statements that the classifier takes for mentioning."""
    found = rows(
        settings.home,
        "select statement_id from core.stance where stance = 'mentioning' order by 1",
    )
    return [statement_id for (statement_id,) in found]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reviewer": None}, "who says so"),
        ({"reviewer": " "}, "a reviewer has a name"),
        ({"stance": "unclassified"}, "supporting"),
        ({"statement": None}, "names a statement"),
        ({"statement": STATEMENT | {"cited_token": "b"}}, "not an identifier: 'b'"),
        ({"undoes": "c1"}, "an undo"),
        ({"action": "undo", "undoes": "c1"}, "nothing but what it undoes"),
        ({"decision_id": "d1"}, "pattern"),
    ],
)
def test_a_line_that_is_no_verdict_is_named(tmp_path, changed, says):
    (tmp_path / FILE.name).write_text(f"{json.dumps(VERDICT | changed)}\n")

    with pytest.raises(WarehouseError, match="line 1 is not a decision") as failed:
        FILE.read(tmp_path)
    assert says in str(failed.value)


def test_a_verdict_outlives_a_newer_classifier(
    settings, mentioning, tmp_path, monkeypatch
):
    one, other = mentioning[:2]
    correct(settings, one, stance="contrasting", reviewer="Ada Ek", reason="x")
    with as_file(files("pipeline.stance") / "model") as own:
        shutil.copytree(own, tmp_path / "newer")
    model = tmp_path / "newer" / "model.json"
    model.write_text(model.read_text().replace(own_rule().version, "newer"))
    monkeypatch.setattr(fill, "own_rule", lambda: read_rule(model))
    monkeypatch.setattr(fill, "_classifier", lambda: Classifier(tmp_path / "newer"))

    rebuild(settings)

    assert stance(settings.home, one) == (
        "contrasting",
        "reviewer",
        "newer",
        ["Ada Ek"],
    )
    assert stance(settings.home, other) == ("mentioning", "classifier", "newer", [])


def test_the_tables_are_the_same_whatever_the_order_of_reviewers(
    settings, mentioning, tmp_path
):
    twin = load_settings(home=tmp_path / "twin")
    shutil.copytree(settings.home, twin.home, symlinks=True)
    for home, names in ((settings, ("Ada Ek", "Bo Ask")), (twin, ("Bo Ask", "Ada Ek"))):
        for name in names:
            correct(home, mentioning[0], stance="supporting", reviewer=name, reason="x")
    every = "from core.statement_stance order by all"
    assert rows(settings.home, every) == rows(twin.home, every)


def test_an_id_that_begins_two_statements_is_refused(settings, mentioning):
    path = (settings.home / "citehouse.duckdb").resolve()
    twin = mentioning[0][:8] + "f" * 24
    with duckdb.connect(path) as con:
        con.execute(
            "update core.citation_statement set statement_id = ?"
            " where statement_id = ?",
            [twin, mentioning[1]],
        )

    with pytest.raises(UsageError, match="several statements begin with") as refused:
        correct(settings, twin[:8], stance="supporting", reviewer="Ada Ek", reason="x")
    assert twin in str(refused.value)
    assert FILE.read(settings.home) == []


def test_a_verdict_that_could_not_be_published_is_forgotten(
    settings, mentioning, monkeypatch
):
    def fails(*_, **__):
        raise WarehouseError("no")

    monkeypatch.setattr(deciding, "republish", fails)
    with pytest.raises(WarehouseError):
        correct(
            settings, mentioning[0], stance="supporting", reviewer="Ada", reason="x"
        )
    assert FILE.read(settings.home) == []


def test_what_was_undone_is_no_lesson_and_cannot_be_undone_again(settings, mentioning):
    for one in mentioning[:2]:
        correct(settings, one, stance="supporting", reviewer="Ada Ek", reason="x")
    undo(settings, "c1")

    assert [one.statement_id for one in training_lines(settings.home)] == [
        mentioning[1]
    ]
    assert [one.undone_by for one in correction_log(settings.home)] == [
        "c3",
        None,
        None,
    ]
    with pytest.raises(UsageError, match="no decision 'c1' is in force"):
        undo(settings, "c1")


def test_a_publication_of_a_verdict_says_so_in_the_history(settings, mentioning):
    correct(settings, mentioning[0], stance="supporting", reviewer="A", reason="x")

    newest = "from history.publication order by publication_no desc limit 1"
    assert rows(settings.home, f"select command {newest}") == [("correct",)]
    changed = rows(
        settings.home,
        "select stance, is_added from history.core_statement_stance order by is_added",
    )
    assert changed == [("mentioning", False), ("supporting", True)]
