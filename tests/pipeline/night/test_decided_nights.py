"""Decisions on who is who are publications, too: shown again, and explained."""

import contextlib
import datetime as dt
import io
import json
import sys

import duckdb
import pytest

from pipeline import decide
from pipeline.cli.app import run as citehouse
from pipeline.run import nightly, rebuild, refresh
from pipeline.settings import load_settings
from pipeline.simulator.nights import nights
from pipeline.simulator.options import FAST
from pipeline.simulator.seeded import random_world
from pipeline.simulator.server import running

SEED = 5
DAY = dt.timedelta(days=1)
MERGED, UNDONE = 2, 3
"""Places of the two decisions among the publications, from 0."""


def ask(home, sql):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.sql(sql).fetchall()


def printed(home, *words):
    """What a command writes to stdout, byte for byte."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        assert citehouse(["--home", str(home), *words]) == 0
        sys.stdout.flush()
    return out.buffer.getvalue()


def two_citing_works(home):
    """A cited DOI, and two works with a DOI that cite it."""
    (found,) = ask(
        home,
        "select cited.doi, list(citing_work_id order by citing_work_id)[:2]"
        " from core.citation join core.cited_doi as cited"
        " on cited_work_id = cited.work_id where citing_work_id like 'doi:%'"
        " group by 1 having count(*) > 3 order by 1 limit 1",
    )
    return found


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    """A home with two nights, a merge, its undoing, and a night.

    Comes with the cited work and the citing ones that were merged, and with when each
    publication was made and how it then reported on the cited work.
    """
    home = tmp_path_factory.mktemp("decided")
    world = random_world(SEED)
    _, second, third = nights(world, 2, seed=SEED, cited_each=3)
    now = dt.datetime.now(dt.UTC)  # decisions are made at the time of the clock
    stages = []

    def note():
        ((at,),) = ask(home, "select max(published_at) from history.publication")
        stages.append((at.astimezone(dt.UTC), printed(home, "report", doi, "--json")))

    with running(world, FAST) as simulator:
        settings = load_settings(
            home=home, mailto="tests@example.org", **simulator.settings_overrides()
        )
        refresh(world.asked, settings, now=lambda: now - 2 * DAY)
        doi, works = two_citing_works(home)
        note()
        simulator.show(second.world)
        nightly(world.asked, settings, now=lambda: now - DAY)
        note()
        decision = decide.merge(settings, *works).decision
        note()
        decide.undo(settings, decision.decision_id)
        note()
        simulator.show(third.world)
        nightly(world.asked, settings, now=lambda: now + DAY)
        note()
    return home, settings, doi, works, stages


def test_each_publication_is_shown_again_whoever_is_who_now(decided):
    home, _, doi, _, stages = decided
    for at, then in stages:
        words = ("report", doi, "--json", "--as-of", at.isoformat())
        assert printed(home, *words) == then


def test_a_query_of_then_gives_the_numbers_of_then(decided):
    home, _, doi, _, stages = decided
    question = "select cited_doi, citing_work_count from mart.tally"
    counts = []
    for at, then in stages:
        words = ("query", question, "--format", "json", "--as-of", at.isoformat())
        rows = json.loads(printed(home, *words))
        counts += [n["citing_work_count"] for n in rows if n["cited_doi"] == doi]
        assert counts[-1] == json.loads(then)["counts"]["citing_work_count"]
    before, merged, undone = counts[MERGED - 1 : UNDONE + 1]
    assert merged == before - 1
    assert undone == before


@pytest.mark.parametrize(
    ("place", "kind", "reason"),
    [(MERGED, "work_merged", "works_merged"), (UNDONE, "work_split", "works_split")],
)
def test_what_a_decision_changes_is_told_as_such_and_is_no_news(
    decided, place, kind, reason
):
    home, _, doi, works, _ = decided
    told = ask(
        home,
        "select publication_no, kind, reason, is_back_fill, cited_doi, work_id"
        " from history.change",
    )
    told = [row[1:] for row in told if row[0] == place + 1]
    assert {is_back_fill for *_, is_back_fill, _, _ in told} == {True}
    moved = {row[4] for row in told if row[0] == kind and row[3] == doi}
    assert moved
    assert moved <= set(works)
    assert {row[1] for row in told if row[0].startswith("citation_")} == {reason}


def test_news_have_the_same_ids_when_the_history_is_made_again(decided, tmp_path):
    """The archive knows of no decision that was undone; the nights count otherwise."""
    home, settings, *_ = decided
    (tmp_path / "archive").symlink_to(home / "archive")
    rebuild(settings.model_copy(update={"home": tmp_path}))
    news = (
        "select kind, change_id, run_id from history.change"
        " where kind in ('citation_added', 'citation_removed') and not is_back_fill"
        " order by all"
    )
    assert ask(tmp_path, "select max(publication_no) from history.publication") == [
        (3,)
    ]
    again = ask(tmp_path, news)
    assert len({run_id for *_, run_id in again}) > 1
    assert again == ask(home, news)
