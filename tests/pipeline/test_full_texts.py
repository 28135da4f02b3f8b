"""Full texts from the simulator to the statements of a published warehouse."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import duckdb
import pytest

from pipeline.archive_keeping import prune
from pipeline.extraction import fill
from pipeline.run import nightly, rebuild, refresh
from pipeline.settings import load_settings
from pipeline.simulator.full_text import references, said_of
from pipeline.simulator.options import FAST, Fault
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import BAKERS_DOI, TIDES_DOI
from pipeline.simulator.server import running
from pipeline.simulator.truth import truth
from pipeline.simulator.truth_of_texts import statements
from pipeline.simulator.world import Citation
from pipeline.stance.rule import own_rule

TEXT = "/fullTextXML"
START = dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC)

BY_HAND = {
    "PMC9002001": Counter(
        {
            ("other", "abstract", 1): 1,
            ("introduction", "body", 1): 2,
            ("methods", "body", 1): 2,
            ("results", "body", 1): 1,
            ("results", "figure", 1): 1,
            ("discussion", "body", 1): 3,
            ("other", "table", 1): 1,
        }
    ),
    "PMC9002007": Counter(
        {
            ("introduction", "body", 1): 1,
            ("results", "body", 1): 2,
            ("results", "box", 1): 1,
            ("discussion", "body", 1): 1,
            ("discussion", "footnote", 1): 1,
            ("conclusion", "body", 1): 1,
            ("other", "appendix", 1): 1,
        }
    ),
    "PMC9002017": Counter(
        {
            ("introduction", "body", 1): 2,
            ("methods", "body", 1): 1,
            ("results", "body", 2): 1,
            ("results", "body", 1): 1,
        }
    ),
    "PMC9002035": Counter({("other", "body", 1): 1, ("other", "body", 2): 2}),
}
"""Section, location and mentions of the statements about the trial in bakers, as its
author counted them in the articles that were written by hand."""


def day(number):
    return lambda: START + dt.timedelta(days=number)


def settings_for(simulator, home, **more):
    return load_settings(
        home=home, mailto="tests@example.org", **simulator.settings_overrides(), **more
    )


def texts_asked(simulator, since=0):
    return Counter(
        path
        for request in simulator.requests[since:]
        if (path := request.target.partition("?")[0]).endswith(TEXT)
    )


def rows(home, sql, *values):
    with duckdb.connect(home / "citehouse.duckdb", read_only=True) as con:
        return con.execute(sql, list(values)).fetchall()


def stated(home):
    return rows(
        home,
        "select statement_id, citing_work_id, cited_work_id, text, markers, section"
        " from core.citation_statement order by all",
    )


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample world, published once."""
    home = tmp_path_factory.mktemp("sample")
    world = sample_world()
    with running(world, FAST) as simulator:
        report = refresh(world.asked, settings_for(simulator, home), now=day(0))
    return world, home, report


def test_every_markup_style_of_the_sample_is_found(sample):
    _, home, _ = sample
    found = {}
    for text, *place in rows(
        home,
        "select full_text_id, section, location, mention_count"
        " from core.citation_statement where cited_work_id = ?",
        f"doi:{BAKERS_DOI}",
    ):
        found.setdefault(text.removeprefix("pmcid:"), Counter())[tuple(place)] += 1
    assert {text: found[text] for text in BY_HAND} == BY_HAND


def test_all_other_statements_of_the_sample_are_what_its_texts_say(sample):
    world, home, _ = sample
    told = rows(
        home,
        "select cited_work_id, citing_work_id, section, text, mention_count"
        " from core.citation_statement where not list_contains(?, full_text_id)",
        [f"pmcid:{text}" for text in BY_HAND],
    )
    for cited in truth(world).cited.values():
        found = Counter(tuple(more) for one, *more in told if one == cited.work_id)
        assert found == statements(world, cited), cited.doi


def test_licences_are_those_of_the_articles(sample):
    _, home, _ = sample
    licences = dict(
        rows(
            home, "select full_text_id, licence from core.full_text where licence <> ''"
        )
    )
    assert licences["pmcid:PMC9002007"] == (
        "https://creativecommons.org/licenses/by-nc/4.0/"
    )
    assert licences["pmcid:PMC9002035"] == (
        "https://creativecommons.org/publicdomain/zero/1.0/"
    )


def test_every_text_has_an_outcome_and_the_report_counts_them(sample):
    _, home, report = sample
    counted = dict(
        rows(home, "select outcome, count(*) from core.full_text group by 1")
    )
    assert counted == report.full_texts
    assert counted["read"] > 40
    assert counted["not_open"] > 0
    by_edge = dict(
        rows(home, "select outcome, count(*) from core.full_text_citation group by 1")
    )
    assert by_edge.keys() == {"statements", "no_mention", "not_open"}
    del by_edge["not_open"]
    assert by_edge == report.full_text_citations


def test_tallies_are_the_sums_of_the_rows(sample):
    _, home, _ = sample
    [tally] = rows(
        home,
        "select statement_count, mention_count, full_text_citing_work_count,"
        " stated_citing_work_count from mart.tally where cited_doi = ?",
        BAKERS_DOI,
    )
    assert tally == (28, 31, 5, 5)


def test_a_rebuild_gives_the_same_statements(sample):
    _, home, _ = sample
    before = stated(home)
    rebuild(load_settings(home=home))
    assert stated(home) == before


@pytest.fixture
def simulator():
    world = sample_world()
    small = replace(world, asked=(BAKERS_DOI,), strays=())
    with running(small, FAST) as found:
        yield found


def test_a_text_is_fetched_once(simulator, tmp_path):
    settings = settings_for(simulator, tmp_path)
    refresh([BAKERS_DOI], settings, now=day(0))
    first = texts_asked(simulator)
    since = len(simulator.requests)
    refresh([BAKERS_DOI], settings, now=day(1))
    nightly([BAKERS_DOI], settings, now=day(40))
    assert len(first) == 5
    assert set(first.values()) == {1}
    assert texts_asked(simulator, since) == Counter()


def test_a_text_that_is_held_is_read_for_a_new_cited_work_without_asking(tmp_path):
    world = sample_world()
    both = Citation("bakers/2024", "tides", frozenset({"openalex", "europepmc"}))
    world = replace(world, citations=(*world.citations, both))
    citing, cited = world.works["bakers/2024"], world.works["tides"]
    with running(world, FAST) as simulator:
        settings = settings_for(simulator, tmp_path)
        refresh([BAKERS_DOI], settings, now=day(0))
        since = len(simulator.requests)
        refresh([TIDES_DOI], settings, now=day(1))
        asked = texts_asked(simulator, since)
    assert f"/PMC{citing.pmcid}{TEXT}" not in asked
    number = references(world, citing).index(cited) + 1
    told = [one.text for one in said_of(citing, cited, number)]
    assert told
    assert [
        text
        for _, by, about, text, *_ in stated(tmp_path)
        if (by, about) == (f"doi:{citing.doi}", f"doi:{TIDES_DOI}")
    ] == told


def test_nothing_is_fetched_if_nobody_wants_full_texts(simulator, tmp_path):
    settings = settings_for(simulator, tmp_path, full_text=False)
    report = refresh([BAKERS_DOI], settings, now=day(0))
    assert texts_asked(simulator) == Counter()
    assert report.full_texts == {}
    assert rows(tmp_path, "select count(*) from core.full_text") == [(0,)]
    assert rows(tmp_path, "select statement_count from mart.tally") == [(0,)]


def test_a_text_that_failed_is_asked_for_the_next_night(tmp_path):
    ill = Fault("server_error", api="europepmc", contains=TEXT)
    with running(sample_world(), replace(FAST, faults=(ill,))) as simulator:
        report = refresh([BAKERS_DOI], settings_for(simulator, tmp_path), now=day(0))
    assert report.full_texts == {"failed": 5}
    assert report.exit_code == 3
    with running(sample_world(), FAST) as simulator:
        nightly([BAKERS_DOI], settings_for(simulator, tmp_path), now=day(1))
    counted = "select outcome, count(*) from core.full_text group by 1"
    assert rows(tmp_path, counted) == [("read", 5)]


def test_a_text_that_is_no_article_is_rejected_and_the_run_goes_on(tmp_path):
    ill = Fault("html", api="europepmc", contains="PMC9002007")
    with running(sample_world(), replace(FAST, faults=(ill,))) as simulator:
        report = refresh([BAKERS_DOI], settings_for(simulator, tmp_path), now=day(0))
    assert report.full_texts == {"read": 4, "failed": 1}
    [(why,)] = rows(tmp_path, "select why from core.full_text where why is not null")
    assert "text/html" in why


def test_a_text_whose_bytes_are_gone_is_fetched_again_once_it_is_needed(tmp_path):
    world = sample_world()
    both = Citation("bakers/2024", "tides", frozenset({"openalex", "europepmc"}))
    world = replace(world, citations=(*world.citations, both))
    path = f"/PMC{world.works['bakers/2024'].pmcid}{TEXT}"
    looked_for = (
        "select outcome from core.full_text_citation where cited_work_id = ?"
        " and citing_work_id = 'doi:10.5555/citehouse.bakers.2024'"
    )
    with running(world, FAST) as simulator:
        settings = settings_for(simulator, tmp_path)
        refresh([BAKERS_DOI], settings, now=day(0))
        refresh([BAKERS_DOI], settings, now=day(200))
        assert prune(tmp_path, START + dt.timedelta(days=100))
        refresh([TIDES_DOI], settings, now=day(201))
        assert rows(tmp_path, looked_for, f"doi:{TIDES_DOI}") == [("gone",)]
        assert texts_asked(simulator)[path] == 1
        nightly([BAKERS_DOI, TIDES_DOI], settings, now=day(202))
        assert texts_asked(simulator)[path] == 2
    assert rows(tmp_path, looked_for, f"doi:{TIDES_DOI}") == [("statements",)]
    assert rows(tmp_path, looked_for, f"doi:{BAKERS_DOI}") == [("statements",)]


def test_statements_outlive_the_bytes_that_they_were_read_from(
    simulator, tmp_path, monkeypatch
):
    settings = settings_for(simulator, tmp_path)
    refresh([BAKERS_DOI], settings, now=day(0))
    before = stated(tmp_path)
    refresh([BAKERS_DOI], settings, now=day(200))
    assert prune(tmp_path, START + dt.timedelta(days=100))
    monkeypatch.setattr(fill, "EXTRACTOR_VERSION", 2)  # rules that cannot be applied
    refresh([BAKERS_DOI], settings, now=day(201))
    assert stated(tmp_path) == before


def test_every_statement_has_one_stance_and_every_facet_adds_up_to_them(sample):
    _, home, _ = sample
    [(judged, stated_count)] = rows(
        home,
        "select (select count(*) from core.stance where model_version = ?),"
        " (select count(*) from core.citation_statement)",
        own_rule().version,
    )
    assert judged == stated_count
    for table in (
        "citations_by_year_and_type",
        "citations_by_year",
        "citations_by_type",
        "citations_by_journal",
        "citations_by_section",
    ):
        assert rows(home, FACET_SUMS.format(table=table)) == [], table


FACET_SUMS = """
    select tally.cited_doi
    from mart.tally as tally
    left join mart.{table} as facet on tally.cited_doi = facet.cited_doi
    where tally.state = 'known'
    group by tally.cited_doi, tally.supporting_statement_count,
        tally.mentioning_statement_count, tally.contrasting_statement_count,
        tally.unclassified_statement_count, tally.statement_count
    having coalesce(sum(facet.supporting_statement_count), 0)
            <> tally.supporting_statement_count
        or coalesce(sum(facet.mentioning_statement_count), 0)
            <> tally.mentioning_statement_count
        or coalesce(sum(facet.contrasting_statement_count), 0)
            <> tally.contrasting_statement_count
        or coalesce(sum(facet.unclassified_statement_count), 0)
            <> tally.unclassified_statement_count
        or tally.supporting_statement_count + tally.mentioning_statement_count
            + tally.contrasting_statement_count + tally.unclassified_statement_count
            <> tally.statement_count
"""
