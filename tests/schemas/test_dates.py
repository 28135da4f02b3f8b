"""Dates are as precise as they were given, no more and no less."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.dates import parse_date, partial_date


@pytest.mark.parametrize(
    ("parts", "iso", "raw"),
    [
        ([2019], "2019", None),
        ([2019, 2], "2019-02", None),
        ([2019, 2, 14], "2019-02-14", None),
        ([2019, 2, 31], "2019-02", "2019-2-31"),
        ([2019, 13], "2019", "2019-13"),
        ([2019, 0, 5], "2019", "2019-0-5"),
        ([2019, None], "2019", None),
        ([20115], "20115", None),
        ([1665], "1665", None),
    ],
)
def test_parts_are_kept_as_far_as_they_can_be_true(parts, iso, raw):
    found = partial_date(parts)

    assert found is not None
    assert (found.iso, found.raw, found.year) == (iso, raw, parts[0])


def test_a_day_without_its_month_is_not_taken_for_the_month():
    found = partial_date([2019, None, 5])

    assert found is not None
    assert found.iso == "2019"


@pytest.mark.parametrize("parts", [[], [None], [None, 3]])
def test_no_year_is_no_date(parts):
    assert partial_date(parts) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020", "2020"),
        ("2020-02", "2020-02"),
        ("2020-02-29", "2020-02-29"),
        ("2021-02-29", "2021-02"),
        ("2020-05-01T00:00:00Z", "2020-05-01"),
    ],
)
def test_text_is_read_as_iso(text, iso):
    found = parse_date(text)

    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize("text", [None, "", "in press", "May 2020"])
def test_text_that_is_no_date_is_none(text):
    assert parse_date(text) is None


@given(st.dates())
def test_every_real_day_is_kept_whole(day):
    found = parse_date(day.isoformat())

    assert found is not None
    assert (found.iso, found.raw) == (day.isoformat(), None)
