"""Rejected records after a model change: replayed, they give a clean load's tables."""

from dataclasses import replace as changed

import duckdb
import pytest

from pipeline.replay import replay
from pipeline.run import rebuild, refresh, unobserved
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
