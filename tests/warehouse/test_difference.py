"""A table is brought to its new rows by writing only those that differ."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.build import build
from warehouse.difference import Written, bring

ROWS = st.lists(
    st.tuples(st.none() | st.integers(0, 3), st.none() | st.sampled_from("ab")),
    max_size=6,
)


@pytest.fixture
def table():
    with duckdb.connect() as con:
        con.execute("create table t (k integer, v varchar)")
        yield con


def fill(con, rows):
    con.execute("delete from t")
    for row in rows:
        con.execute("insert into t values (?, ?)", row)


def brought(con, rows, *, differing=None):
    con.execute("create or replace temp table made (v varchar, k integer)")
    for k, v in rows:
        con.execute("insert into made values (?, ?)", [v, k])
    con.begin()
    written = bring(
        con, "t", ["k", "v"], "select * from made", grain=["k"], differing=differing
    )
    con.commit()
    return written


def held(con):
    return con.sql("select k, v from t order by all").fetchall()


def ordered(rows):
    return sorted(rows, key=lambda row: [(part is None, part) for part in row])


def test_only_rows_that_differ_are_written(table):
    fill(table, [(1, "a"), (2, "a"), (None, "a")])
    place = table.sql("select rowid from t where k = 1").fetchall()
    written = brought(table, [(1, "a"), (2, "b"), (None, "a"), (3, "a")])
    assert written == Written("t", added=2, removed=1, kept=2)
    assert held(table) == [(1, "a"), (2, "b"), (3, "a"), (None, "a")]
    assert table.sql("select rowid from t where k = 1").fetchall() == place


def test_a_null_in_the_grain_is_a_value_like_others(table):
    fill(table, [(None, "a"), (1, None)])
    assert brought(table, [(None, "b"), (1, None)]) == Written("t", 1, 1, 1)
    assert held(table) == [(1, None), (None, "b")]


def test_the_first_row_of_an_empty_table_is_told_like_any_other(table):
    told = []

    def differing():
        told.extend(table.sql("select k, v from coming").fetchall())

    assert brought(table, [(1, "a")], differing=differing) == Written("t", 1, 0, 0)
    assert told == held(table) == [(1, "a")]


def test_whoever_asks_sees_what_goes_and_comes_before_it_is_written(table):
    fill(table, [(1, "a"), (2, "a")])
    seen = []

    def differing():
        seen.extend(
            table.table(name).order("all").fetchall()
            for name in ("going", "coming", "t")
        )

    brought(table, [(1, "b"), (2, "a")], differing=differing)
    assert seen == [[(1, "a")], [(1, "b")], [(1, "a"), (2, "a")]]


@given(before=ROWS, after=ROWS)
def test_a_table_ends_as_it_should_whatever_it_held(before, after):
    """Also where rows are alike in the grain, or altogether."""
    with duckdb.connect() as con:
        con.execute("create table t (k integer, v varchar)")
        fill(con, before)
        written = brought(con, after)
        assert held(con) == ordered(after)
        assert written.kept + written.added == len(after)
        assert written.kept + written.removed == len(before)


def test_a_second_build_of_the_same_answers_writes_no_row(world, full_world):
    full_world(world).build()
    assert not [one for one in build(world.con) if one.added or one.removed]
    world.load()  # every run again
    world.identify()
    assert not [one for one in build(world.con) if one.added or one.removed]
