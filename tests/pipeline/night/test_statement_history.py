"""What citing works say is history, too, and a new contrast is told to who asked."""

import datetime as dt
import shutil
from dataclasses import replace

import duckdb
import pytest
from lxml import html

from pipeline.alerts.sending import outbox
from pipeline.alerts.subscriptions import add_subscription
from pipeline.correct import correct
from pipeline.run import rebuild, refresh
from pipeline.settings import load_settings
from pipeline.simulator.full_text import full_text, references, said_of
from pipeline.simulator.options import FAST, Fault
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import MEMORY_DOI
from pipeline.simulator.server import running
from pipeline.simulator.world import Citation
from schemas.alert import ATOM, Subscription
from warehouse.connection import open_readonly
from warehouse.report.cited import cited_report
from warehouse.report.diff import diff
from warehouse.report.page.render import report_file

START = dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC)
EVERYBODY = frozenset({"openalex", "crossref", "opencitations", "europepmc"})
WORLD = replace(sample_world(), asked=(MEMORY_DOI,))
MEMORY = WORLD.works["memory"]


SAID = """
    select statement.statement_id, statement.text, stance.stance
    from core.citation_statement as statement
    inner join core.statement_stance as stance using (statement_id)
    where statement.citing_work_id = ?
"""


def day(number):
    return lambda: START + dt.timedelta(days=number)


def settings_for(simulator, home, **more):
    return load_settings(
        home=home, mailto="tests@example.org", **simulator.settings_overrides(), **more
    )


def statements_of(work):
    """The sentences of an open article about the work on memory."""
    if full_text(WORLD, work) is None or MEMORY not in references(WORLD, work):
        return []
    number = references(WORLD, work).index(MEMORY) + 1
    return [one.text for one in said_of(work, MEMORY, number)]


def late_comer():
    """An open article that cites the work, all sources know it, and that contrasts."""
    return next(
        work.key
        for work in WORLD.works.values()
        if any("Unlike" in text for text in statements_of(work))
        and work.known_to >= EVERYBODY
    )


LATE = late_comer()
LATE_ID = f"doi:{WORLD.works[LATE].doi}"
BEFORE = replace(
    WORLD,
    citations=tuple(one for one in WORLD.citations if one.citing != LATE),
)
BY_ONE = replace(
    BEFORE,
    citations=(
        *BEFORE.citations,
        Citation(LATE, "memory", frozenset({"opencitations"})),
    ),
)
"""As the world, but one source alone knows the citation, and can take it back."""


def changes(home, *kinds):
    with open_readonly(home) as con:
        found = diff(con)
    return [one for one in found.changes if one.kind in kinds]


def messages(home):
    return {one.message.subscription: one.message for one in outbox(home)}


def add_alerts(home):
    every = Subscription(name="every", target=ATOM, added_at=START)
    add_subscription(home, every)


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A home with two nights: in the second, the article is new."""
    home = tmp_path_factory.mktemp("lived")
    add_alerts(home)
    add_subscription(
        home,
        Subscription(name="only", target=ATOM, on=("contrasting",), added_at=START),
    )
    with running(BEFORE, FAST) as simulator:
        settings = settings_for(simulator, home)
        refresh([MEMORY_DOI], settings, now=day(0))
        simulator.show(WORLD)
        refresh([MEMORY_DOI], settings, now=day(1))
    return home


@pytest.fixture
def home(lived, tmp_path):
    """A copy of it, for writing."""
    return shutil.copytree(lived, tmp_path / "home", symlinks=True)


def test_what_a_new_citing_work_says_is_new_and_its_contrast_is_told(lived):
    added = changes(lived, "statement_added")
    assert [one.text for one in added] != []
    assert {one.work_id for one in added} == {LATE_ID}
    assert sorted(one.text for one in added) == sorted(statements_of(WORLD.works[LATE]))
    assert {(one.reason, one.is_back_fill) for one in added} == {("new", False)}
    contrasts = [one for one in added if one.after_value == "contrasting"]
    message = messages(lived)["every"]
    assert {one.change_id for one in contrasts} < set(message.change_ids)
    assert f"{len(contrasts)} new contrasting statement" in message.title
    for one in contrasts:
        assert f"contrasted by {one.doi}" in message.body
        assert one.text in message.body


def test_who_asked_for_contrasts_alone_hears_of_nothing_else(lived):
    told = {
        one.change_id
        for one in changes(lived, "statement_added")
        if one.after_value == "contrasting"
    }
    assert set(messages(lived)["only"].change_ids) == told


def test_a_first_look_at_texts_is_no_news(tmp_path):
    """The works were there, their texts were not asked for."""
    add_alerts(tmp_path)
    with running(WORLD, FAST) as simulator:
        without = settings_for(simulator, tmp_path, full_text=False)
        refresh([MEMORY_DOI], without, now=day(0))
        refresh([MEMORY_DOI], settings_for(simulator, tmp_path), now=day(1))
    added = changes(tmp_path, "statement_added")
    assert LATE_ID in {one.work_id for one in added}
    assert {(one.reason, one.is_back_fill) for one in added} == {("first_look", True)}
    assert outbox(tmp_path) == []


def test_a_text_that_comes_a_night_after_its_work_is_news(tmp_path):
    ill = Fault("server_error", api="europepmc", contains="/fullTextXML")
    add_alerts(tmp_path)
    with running(BEFORE, FAST) as simulator:
        refresh([MEMORY_DOI], settings_for(simulator, tmp_path), now=day(0))
    with running(WORLD, replace(FAST, faults=(ill,))) as simulator:
        refresh([MEMORY_DOI], settings_for(simulator, tmp_path), now=day(1))
    assert changes(tmp_path, "statement_added") == []
    with running(WORLD, FAST) as simulator:
        refresh([MEMORY_DOI], settings_for(simulator, tmp_path), now=day(2))
    added = changes(tmp_path, "statement_added")
    assert {(one.work_id, one.reason) for one in added} == {(LATE_ID, "new")}
    assert ["contrasting" in one.message.title for one in outbox(tmp_path)] == [
        False,
        True,
    ]


def test_a_verdict_is_a_change_of_stance_by_a_reviewer_and_no_news(home):
    added = changes(home, "statement_added")
    judged = next(one for one in added if one.after_value != "supporting")
    correct(
        load_settings(home=home),
        judged.statement_id,
        stance="supporting",
        reviewer="Ada Ek",
        reason="the table",
    )
    [change] = changes(home, "reclassified")
    assert (change.before_value, change.after_value) == (
        judged.after_value,
        "supporting",
    )
    assert (change.reason, change.is_back_fill) == ("reviewed", True)
    assert change.text == judged.text
    assert len(outbox(home)) == 2


def test_statements_of_a_citation_that_is_withdrawn_go_with_it(tmp_path):
    with running(BY_ONE, FAST) as simulator:
        settings = settings_for(simulator, tmp_path)
        refresh([MEMORY_DOI], settings, now=day(0))
        with open_readonly(tmp_path) as con:
            [said] = con.execute(SAID, [LATE_ID]).fetchall()
        simulator.show(BEFORE)
        refresh([MEMORY_DOI], settings, now=day(1))
        refresh([MEMORY_DOI], settings, now=day(2))
    [gone] = changes(tmp_path, "statement_removed")
    assert (gone.statement_id, gone.text, gone.before_value) == said
    assert (gone.reason, gone.is_back_fill) == ("withdrawn", False)
    with open_readonly(tmp_path) as con:
        report = cited_report(con, MEMORY_DOI)
    newest = report.recent_changes
    assert gone.statement_id in {one.statement_id for one in newest}
    page = " ".join(html.fromstring(report_file(report, {})).text_content().split())
    assert f"Statement removed: {gone.before_value}" in page


def test_a_rebuild_finds_the_same_changes_of_statements(home):
    told = "select * from history.change where statement_id is not null order by all"
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        before = con.execute(told).fetchall()
    rebuild(load_settings(home=home))
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        assert con.execute(told).fetchall() == before != []
