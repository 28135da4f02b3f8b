"""The charts of a report, as SVG without a network: Vega-Lite, drawn by vl-convert.

Source: https://vega.github.io/vega-lite/docs/, of version 5.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import vl_convert

from schemas.cited_report import CitedReport
from schemas.citing_side import CitingWorksOfYear
from warehouse.report.page.words import counted, spoken

ChartName = Literal["works", "stances", "sections"]
Theme = Literal["light", "dark"]
CHARTS: Final[tuple[ChartName, ...]] = get_args(ChartName)
THEMES: Final[tuple[Theme, ...]] = get_args(Theme)

_VEGA_LITE: Final = "5.20"
_WIDTH: Final = 320
_HEIGHT: Final = 150
"""Pixels; a page shows three charts in a row, on a phone one."""
_CLIP: Final = re.compile(r'(?<=["#])clip(\d+)')
_THICKEST: Final = 30
_FILLED: Final = 0.84
"""Bars take this share of the room, and are no thicker than that many pixels."""

_MOST_TICKS: Final = 4
_TYPES_SHOWN: Final = 5
"""Colours that people can tell apart, besides the one for all others."""

_YEARS_FILLED: Final = 200
"""From the first to the last; a chart of thousands of bars cannot be drawn."""

_OTHERS: Final = "all others"
_SECTIONS: Final = (
    "introduction",
    "methods",
    "results",
    "discussion",
    "conclusion",
    "other",
)
_STANCES: Final = ("contrasting", "supporting", "mentioning", "unclassified")
"""From the axis on: the rare ones first, where their length can be compared."""

_STANCE_COLOURS: Final[Mapping[Theme, tuple[str, ...]]] = {
    "light": ("#c2410c", "#1b7f79", "#9aa1ac", "#d6d1c4"),
    "dark": ("#f59264", "#4fc0b8", "#7d8490", "#57534a"),
}
_TYPE_COLOURS: Final[Mapping[Theme, tuple[str, ...]]] = {
    "light": ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#a8a398"),
    "dark": ("#4aa8de", "#f0b73c", "#35c79b", "#e3a3c6", "#9bd4f5", "#7b766b"),
}
"""The palette of Okabe and Ito, which colour-blind people can tell apart
(https://jfly.uni-koeln.de/color/, 2008); lighter on dark paper."""

_INK: Final[Mapping[Theme, str]] = {"light": "#5b5853", "dark": "#aaa59a"}
_LINE: Final[Mapping[Theme, str]] = {"light": "#e0dcd3", "dark": "#38352f"}


@dataclass(frozen=True)
class Chart:
    """What a chart shows, to be drawn or read out.

    Attributes:
        title: what is counted, by what.
        rows: category, series and count, in the order in which they are drawn.
        series: in the order of the stack.
        left_out: how many units are not in it, for they have no category.
        unit: what is counted, in the singular.
    """

    name: ChartName
    title: str
    rows: tuple[tuple[str, str, int], ...]
    series: tuple[str, ...]
    left_out: int
    unit: str

    @property
    def summary(self) -> str:
        """The chart in a sentence, for those who cannot see it."""
        if not self.rows:
            return f"{self.title}: nothing to show."
        totals: Counter[str] = Counter()
        by_series: Counter[str] = Counter()
        for category, series, count in self.rows:
            totals[category] += count
            by_series[series] += count
        top, most = max(totals.items(), key=lambda pair: pair[1])
        parts = ", ".join(
            f"{by_series[one]:,} {one}" for one in self.series if by_series[one]
        )
        return (
            f"{self.title}: {counted(sum(totals.values()), self.unit)}, most in"
            f" {top} ({most:,}). {parts}."
        )


def charts(report: CitedReport) -> tuple[Chart, ...]:
    """The charts of a report's slice; those without anything in them are left out."""
    made = (chart_of_works(report.works_by_year), _stances(report), _sections(report))
    return tuple(chart for chart in made if chart.rows)


def chart_of_works(rows: Sequence[CitingWorksOfYear]) -> Chart:
    """Citing works by year and type; without rows, a chart without rows."""
    by_type: Counter[str] = Counter()
    for row in rows:
        by_type[row.publication_type] += row.citing_work_count
    named = [
        name for name, _ in sorted(by_type.items(), key=lambda it: (-it[1], it[0]))
    ]
    shown = named if len(named) <= _TYPES_SHOWN + 1 else named[:_TYPES_SHOWN]
    series = [spoken(name).lower() for name in shown]
    series += [_OTHERS] if len(shown) < len(named) else []
    cells: Counter[tuple[int, str]] = Counter()
    left_out = 0
    for row in rows:
        if row.citing_year is None:
            left_out += row.citing_work_count
            continue
        kind = row.publication_type
        name = spoken(kind).lower() if kind in shown else _OTHERS
        cells[row.citing_year, name] += row.citing_work_count
    return Chart(
        "works",
        "Citing works by year and publication type",
        _by_year(cells, series),
        tuple(series),
        left_out,
        "citing work",
    )


def draw(chart: Chart, theme: Theme) -> str:
    """The chart as an SVG document, the same bytes for the same chart."""
    drawn = vl_convert.vegalite_to_svg(_spec(chart, theme), vl_version=_VEGA_LITE)
    # Vega counts its clips over all that a process has drawn.
    numbers = {name: at for at, name in enumerate(dict.fromkeys(_CLIP.findall(drawn)))}
    return _CLIP.sub(lambda found: f"clip{numbers[found[1]]}", drawn)


def _stances(report: CitedReport) -> Chart:
    cells: Counter[tuple[int, str]] = Counter()
    left_out = 0
    for row in report.statements_by_year:
        if row.citing_year is None:
            left_out += row.statement_count
        else:
            cells[row.citing_year, row.stance] += row.statement_count
    rows = _by_year(cells, list(_STANCES))
    title = "Statements by year and stance"
    return Chart("stances", title, rows, _present(rows), left_out, "statement")


def _sections(report: CitedReport) -> Chart:
    cells: Counter[tuple[str, str]] = Counter()
    for row in report.statements_by_year:
        cells[row.section, row.stance] += row.statement_count
    rows = tuple(
        (section, stance, cells[section, stance])
        for section in _SECTIONS
        for stance in _STANCES
        if any(cells[section, each] for each in _STANCES)
    )
    title = "Statements by section and stance"
    return Chart("sections", title, rows, _present(rows), 0, "statement")


def _by_year(
    cells: Counter[tuple[int, str]], series: list[str]
) -> tuple[tuple[str, str, int], ...]:
    """Every year from the first to the last, also those with nothing in them.

    Where one lies far off, as a mistyped one does, only those with something.
    """
    if not cells:
        return ()
    there = sorted({year for year, _ in cells})
    is_near = there[-1] - there[0] < _YEARS_FILLED
    years = range(there[0], there[-1] + 1) if is_near else there
    return tuple((str(year), one, cells[year, one]) for year in years for one in series)


def _present(rows: Iterable[tuple[str, str, int]]) -> tuple[str, ...]:
    """The stances that are there, in the order of the stack."""
    there = {series for _, series, count in rows if count}
    return tuple(one for one in _STANCES if one in there)


def _spec(chart: Chart, theme: Theme) -> dict[str, Any]:
    palette = _TYPE_COLOURS if chart.name == "works" else _STANCE_COLOURS
    colours = palette[theme][: len(chart.series)]
    if palette is _STANCE_COLOURS:
        by_stance = dict(zip(_STANCES, palette[theme], strict=True))
        colours = tuple(by_stance[one] for one in chart.series)
    elif chart.series[-1] == _OTHERS:
        colours = (*colours[:-1], palette[theme][-1])
    categories = list(dict.fromkeys(row[0] for row in chart.rows))
    category = {
        "field": "category",
        "type": "ordinal",
        "sort": categories,
        "title": None,
        "axis": {
            "labelAngle": 0,
            "labelOverlap": "greedy",
            "labelSeparation": 12,
            "grid": False,
        },
    }
    count = {
        "field": "count",
        "type": "quantitative",
        "title": None,
        "axis": {"format": ",d", "values": _ticks(chart), "domain": False},
    }
    is_lying = chart.name == "sections"
    room = _HEIGHT if is_lying else _WIDTH
    thickness = min(_THICKEST, _FILLED * room / len(categories))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": _WIDTH,
        "height": _HEIGHT,
        "background": None,
        "padding": {"left": 14, "top": 6, "right": 10, "bottom": 4},
        "data": {
            "values": [
                {"category": row[0], "series": row[1], "count": row[2], "place": place}
                for place, row in enumerate(chart.rows)
            ]
        },
        "mark": {"type": "bar", "cornerRadius": 1, "size": thickness},
        "encoding": {
            "y" if is_lying else "x": category,
            "x" if is_lying else "y": count,
            "order": {"field": "place"},
            "color": {
                "field": "series",
                "type": "nominal",
                "scale": {"domain": list(chart.series), "range": list(colours)},
                "legend": {
                    "title": None,
                    "orient": "bottom",
                    "columns": 3,
                    "columnPadding": 22,
                },
            },
        },
        "config": _config(theme),
    }


def _ticks(chart: Chart) -> list[int]:
    """Whole numbers for the axis, from 0 to the largest bar."""
    totals: Counter[str] = Counter()
    for category, _, count in chart.rows:
        totals[category] += count
    most = max(totals.values(), default=0)
    step = next(
        size * 10**power
        for power in range(12)
        for size in (1, 2, 5)
        if size * 10**power * _MOST_TICKS >= most
    )
    return list(range(0, most + 1, step))


def _config(theme: Theme) -> dict[str, Any]:
    ink, line = _INK[theme], _LINE[theme]
    text = {"labelColor": ink, "labelFontSize": 12, "labelFont": "sans-serif"}
    return {
        "aria": False,  # it is an image, with its summary beside it
        "view": {"stroke": None},
        "axis": {**text, "gridColor": line, "domainColor": line, "tickColor": line},
        "legend": {**text, "labelLimit": 200, "symbolType": "square"},
    }
