"""Charts: what is in them, what is left out, and that they are numbered honestly."""

from typing import Any

import pytest
from lxml import etree

from schemas.cited_report import CitedReport
from schemas.citing_side import CitingWorksOfYear, StatementsOfYear
from warehouse.report.page.charts import THEMES, Chart, charts, draw

BASE: dict[str, Any] = {
    "doi": "10.5555/x", "asked_as": "10.5555/x", "requested_as": "10.5555/x",
    "state": "known",
}  # fmt: skip


def works(*rows: tuple[int | None, str, int]) -> CitedReport:
    made = [
        CitingWorksOfYear(citing_year=year, publication_type=kind, citing_work_count=n)
        for year, kind, n in rows
    ]
    return CitedReport(**BASE, works_by_year=tuple(made))


def labels(chart: Chart) -> list[str]:
    drawn = etree.fromstring(draw(chart, "light").encode())
    return drawn.xpath("//*[local-name()='text']/text()")


def test_a_report_without_rows_has_no_charts():
    assert charts(works()) == ()


def test_years_with_nothing_in_them_are_there_and_works_without_a_year_are_counted():
    [chart] = charts(
        works((2019, "article", 3), (2022, "article", 1), (None, "book", 4))
    )
    assert [row[0] for row in chart.rows if row[1] == "article"] == [
        "2019", "2020", "2021", "2022",
    ]  # fmt: skip
    assert sum(count for _, _, count in chart.rows) == 4
    assert chart.left_out == 4
    assert "4 citing works, most in 2019 (3)" in chart.summary


def test_types_beyond_the_colours_are_put_together_and_not_left_out():
    rows = [(2020, f"type-{n}", n) for n in range(1, 10)]
    [chart] = charts(works(*rows))
    assert len(chart.series) == 6
    assert chart.series[-1] == "all others"
    assert sum(count for _, _, count in chart.rows) == 45
    assert {row[1]: row[2] for row in chart.rows}["all others"] == 1 + 2 + 3 + 4


@pytest.mark.parametrize(
    ("most", "numbers"),
    [
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (7, ["0", "2", "4", "6"]),
        (2_400, ["0", "1,000", "2,000"]),
    ],
)
def test_the_axis_has_whole_numbers_each_once(most: int, numbers: list[str]):
    [chart] = charts(works((2020, "article", most)))
    shown = [text for text in labels(chart) if text.replace(",", "").isdigit()]
    assert [text for text in shown if text != "2020"] == numbers


def test_statements_without_a_year_are_in_the_chart_by_section():
    said = StatementsOfYear(
        citing_year=None, section="results", stance="contrasting", statement_count=2
    )
    [chart] = charts(CitedReport(**BASE, statements_by_year=(said,)))
    assert chart.name == "sections"
    assert chart.series == ("contrasting",)
    assert chart.left_out == 0


@pytest.mark.parametrize("theme", THEMES)
def test_a_drawing_is_the_same_each_time_and_takes_any_word(theme):
    [chart] = charts(works((2020, "a<b>&\"c'", 1)))
    first = draw(chart, theme)
    assert first == draw(chart, theme)
    assert etree.fromstring(first.encode()).tag.endswith("svg")
