"""Search in statements: what is asked of the index, and what it gives."""

import sqlite3

import pytest

from pipeline.run import refresh
from pipeline.settings import load_settings
from pipeline.simulator.options import FAST
from pipeline.simulator.sample import sample_world
from pipeline.simulator.sample_cited import BAKERS_DOI, MEMORY_DOI
from pipeline.simulator.server import running
from warehouse.connection import published_file
from warehouse.errors import NotHeld, WarehouseFault
from warehouse.search import fts_query, search_statements
from warehouse.search_index import index_of


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    with running(sample_world(), FAST) as simulator:
        settings = load_settings(
            home=folder, mailto="tests@example.org", **simulator.settings_overrides()
        )
        refresh([BAKERS_DOI, MEMORY_DOI], settings)
    return folder


def texts(home, words, **more):
    return [one.text for one in search_statements(home, words, **more).statements]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("blue lamps", '"blue" AND "lamps"'),
        ('"no effect" mice', '"no effect" AND "mice"'),
        ("lamp* -oven", '"lamp"* NOT "oven"'),
        ("a OR b NEAR(c)", '"a" AND "OR" AND "b" AND "NEAR(c)"'),
        ('"half open', '"half open"'),
        ("text:x ^y + z", '"text:x" AND "^y" AND "z"'),
    ],
)
def test_words_are_words_and_never_operators(words, asked):
    assert fts_query(words) == asked


@pytest.mark.parametrize("words", ["", "  ", "* - +", '""', "-only"])
def test_nothing_to_look_for_is_said(words):
    with pytest.raises(ValueError, match="no word"):
        fts_query(words)


def test_all_words_must_be_there_in_any_form_and_case(home):
    assert texts(home, "AGREEING trial") == [
        "Our results agree with those of the trial in bakers [2], and extend them to"
        " islands."
    ]


def test_a_phrase_is_found_as_it_stands(home):
    found = texts(home, '"blue lamps"')
    assert len(found) == 3
    assert all("lue lamps" in one for one in found)
    assert texts(home, '"lamps blue"') == []


def test_the_beginning_of_a_word_and_a_word_that_must_not_be_there(home):
    bakers = texts(home, "bak*", limit=100)
    assert bakers
    without = texts(home, "bak* -evening", limit=100)
    assert set(without) == {one for one in bakers if "vening" not in one}


def test_only_statements_about_a_work_are_found_if_it_is_named(home):
    both = search_statements(home, "the", limit=1000)
    bakers = search_statements(home, "the", cited_doi=BAKERS_DOI, limit=1000)
    memory = search_statements(home, "the", cited_doi=MEMORY_DOI, limit=1000)
    assert both.total_count == len(both.statements)
    assert bakers.total_count + memory.total_count == both.total_count
    assert {one.cited_doi for one in bakers.statements} == {BAKERS_DOI}


def test_a_limit_leaves_the_count_as_it_is(home):
    found = search_statements(home, "trial", limit=2)
    assert len(found.statements) == 2
    assert found.total_count > 2


def test_a_work_that_nobody_asked_about_is_refused(home):
    with pytest.raises(NotHeld):
        search_statements(home, "trial", cited_doi="10.5555/never")


def test_the_index_goes_with_its_generation(home):
    path = published_file(home)
    assert path is not None
    with sqlite3.connect(index_of(path)) as index:
        [(first,)] = index.execute("select value from fingerprint")
    with running(sample_world(), FAST) as simulator:
        settings = load_settings(
            home=home, mailto="tests@example.org", **simulator.settings_overrides()
        )
        for _ in range(3):
            refresh([BAKERS_DOI], settings)
    newest = published_file(home)
    assert newest is not None
    assert newest != path
    with sqlite3.connect(index_of(newest)) as index:
        assert index.execute("select value from fingerprint").fetchall() == [(first,)]
    kept = {one.name for one in newest.parent.iterdir()}
    assert {one.removesuffix(".search.sqlite") for one in kept} == {
        one for one in kept if one.endswith(".duckdb")
    }


def test_a_warehouse_without_index_says_so(home):
    path = published_file(home)
    assert path is not None
    index = index_of(path)
    away = index.rename(index.with_suffix(".away"))
    try:
        with pytest.raises(WarehouseFault, match="no index"):
            search_statements(home, "trial")
        index.write_bytes(b"not a database, whatever its name says")
        with pytest.raises(WarehouseFault, match="cannot be read"):
            search_statements(home, "trial")
    finally:
        away.rename(index)
