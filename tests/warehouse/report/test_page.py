"""Charts and words of pages about records that are odd."""

import pytest

from schemas.cited_report import CitingWorksOfYear
from warehouse.report.page.charts import chart_of_works, draw
from warehouse.report.page.render import weblink


def in_year(year: int | None) -> CitingWorksOfYear:
    return CitingWorksOfYear(
        citing_year=year, publication_type="journal-article", citing_work_count=2
    )


@pytest.mark.parametrize("year", [1, 202, 9999])
def test_a_year_far_from_the_others_is_drawn(year):
    chart = chart_of_works([in_year(year), in_year(2020), in_year(None)])
    assert {row[0]: row[2] for row in chart.rows} == {str(year): 2, "2020": 2}
    assert [row[0] for row in chart.rows] == sorted([str(year), "2020"], key=int)
    assert chart.left_out == 2
    assert draw(chart, "light").startswith("<svg")


def test_years_between_without_anything_are_drawn_where_they_are_few():
    chart = chart_of_works([in_year(2017), in_year(2020)])
    assert [row[0] for row in chart.rows] == ["2017", "2018", "2019", "2020"]


@pytest.mark.parametrize("address", ["http://[bad", "javascript:alert(1)", "//x", ""])
def test_what_is_no_address_of_the_web_is_no_link(address):
    assert weblink(address) == "#"


def test_an_address_of_the_web_is_a_link():
    assert weblink("https://example.org/a?b") == "https://example.org/a?b"
