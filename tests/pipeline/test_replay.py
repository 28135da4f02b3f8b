"""Rejected records after a model change: replayed, they give a clean load's tables."""

from dataclasses import replace as changed

import duckdb
import pytest

from pipeline.identity_decisions import append_decision
from pipeline.replay import replay
from pipeline.run import rebuild, refresh
from pipeline.running import unobserved
from pipeline.settings import load_settings
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import BAKERS_DOI, MIRRORS_DOI
from pipeline.simulator.server import running
from pipeline.sources import all_sources
from schemas.provenance import RecordError, Reject

NOT_THE_SAME = {"core.migration", "core.run"}
"""When a migration was applied and a run loaded differs by nature."""


def tables(home):
    """Every row of every table of a warehouse."""
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        names = con.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
        ).fetchall()
        return {
            name: con.table(name).order("all").fetchall()
            for (name,) in names
            if name not in NOT_THE_SAME
        }


@pytest.fixture
def strict(monkeypatch):
    """Makes OpenAlex's parser refuse some works that it reads today."""
    sources = all_sources()
    today = sources["openalex"]

    def start(is_refused):
        def parse(body, context):
            parsed = today.parse(body, context)
            refused = [work for work in parsed.works if is_refused(work)]
            wrong = RecordError(field="type", message="a strict model", value="")
            return parsed.model_copy(
                update={
                    "works": tuple(w for w in parsed.works if w not in refused),
                    "rejects": (
                        *parsed.rejects,
                        *(Reject(index=w.index, errors=(wrong,)) for w in refused),
                    ),
                }
            )

        monkeypatch.setitem(sources, "openalex", changed(today, parse=parse))

    yield start
    monkeypatch.undo()


@pytest.fixture
def settings(tmp_path):
    with running(sample_world(), FAST) as simulator:
        yield load_settings(
            home=tmp_path,
            mailto="tests@example.org",
            **simulator.settings_overrides(),
        )


def is_review(work):
    return work.publication_type == "review"


def test_replay_gives_the_tables_of_a_clean_load(settings, strict, monkeypatch):
    strict(is_review)
    refresh([BAKERS_DOI], settings)
    refresh([BAKERS_DOI, MIRRORS_DOI], settings)
    before = tables(settings.home)
    monkeypatch.undo()

    report = replay(settings, observe=unobserved)
    replayed = tables(settings.home)
    rebuild(settings)

    assert report.loaded > 2
    assert not report.is_rebuilt
    assert len(before["staging.reject_record"]) == report.tried
    assert len(replayed["staging.reject_record"]) == report.tried - report.loaded
    assert replayed == tables(settings.home)


def test_replay_with_the_same_parsers_publishes_nothing(settings, strict):
    strict(is_review)
    refresh([BAKERS_DOI], settings)
    before = (settings.home / "citehouse.duckdb").resolve()

    report = replay(settings, observe=unobserved)

    assert (report.loaded, report.published_path) == (0, None)
    assert report.tried > 2
    assert (settings.home / "citehouse.duckdb").resolve() == before
    (strictly, *_) = report.still_rejected
    assert (strictly.source, strictly.reason) == ("openalex", "type: a strict model")


def test_replay_reads_everything_again_if_more_than_the_rejects_changed(
    settings, strict, monkeypatch
):
    strict(is_review)
    refresh([BAKERS_DOI], settings)
    monkeypatch.undo()
    strict(lambda work: work.publication_type == "article")

    report = replay(settings, observe=unobserved)
    replayed = tables(settings.home)
    rebuild(settings)

    assert report.is_rebuilt
    assert replayed == tables(settings.home)


@pytest.mark.parametrize("is_refused", [is_review, lambda _: False])
def test_replay_notices_another_reading_of_a_field_of_a_record_that_was_loaded(
    settings, strict, monkeypatch, is_refused
):
    strict(is_review)
    refresh([BAKERS_DOI], settings)
    monkeypatch.undo()
    strict(is_refused)
    sources = all_sources()
    today = sources["openalex"].parse

    def parse(body, context):
        parsed = today(body, context)
        works = [w.model_copy(update={"publisher": "Another"}) for w in parsed.works]
        return parsed.model_copy(update={"works": tuple(works)})

    monkeypatch.setitem(sources, "openalex", changed(sources["openalex"], parse=parse))

    report = replay(settings, observe=unobserved)
    replayed = tables(settings.home)
    rebuild(settings)

    assert report.is_rebuilt
    assert replayed == tables(settings.home)


def test_replay_loads_what_an_answer_says_of_itself_by_todays_reading(
    settings, strict, monkeypatch
):
    strict(is_review)
    refresh([BAKERS_DOI], settings)
    sources = all_sources()
    today = sources["openalex"].parse

    def parse(body, context):
        parsed = today(body, context)
        return parsed.model_copy(update={"next_cursor": "read today"})

    monkeypatch.setitem(sources, "openalex", changed(sources["openalex"], parse=parse))

    report = replay(settings, observe=unobserved)

    assert (report.loaded, report.is_rebuilt) == (0, False)
    with duckdb.connect(report.published_path, read_only=True) as con:
        assert con.execute(
            "select distinct next_cursor from core.fetch "
            "where source = 'openalex' and rejected > 0"
        ).fetchall() == [("read today",)]


def test_replay_announces_a_decision_that_it_is_the_first_to_publish(
    settings, strict, monkeypatch
):
    strict(is_review)
    refresh([BAKERS_DOI, MIRRORS_DOI], settings)
    monkeypatch.undo()
    both = [f"doi:{BAKERS_DOI}", f"doi:{MIRRORS_DOI}"]
    append_decision(settings.home, "merge", tokens=both)

    (warning,) = replay(settings, observe=unobserved).warnings

    assert warning.startswith("Decision d1 of ")
    assert replay(settings, observe=unobserved).warnings == ()


def test_a_refresh_announces_a_decision_that_it_is_the_first_to_publish(settings):
    refresh([BAKERS_DOI, MIRRORS_DOI], settings)
    both = [f"doi:{BAKERS_DOI}", f"doi:{MIRRORS_DOI}"]
    append_decision(settings.home, "merge", tokens=both)

    said = [refresh([BAKERS_DOI], settings).warnings for _ in range(2)]

    announced = [[one for one in each if "Decision d1" in one] for each in said]
    assert list(map(len, announced)) == [1, 0]
