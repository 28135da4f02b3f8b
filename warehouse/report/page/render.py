"""Pages from reports: on a server, with links, or as one file that needs nothing."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from schemas.cited_report import CitedReport
from schemas.citing_side import ReportedStatement
from warehouse.report.page.address import Links
from warehouse.report.page.charts import THEMES, Chart, charts, draw
from warehouse.report.page.words import (
    FACET_TITLES,
    ORDERING_TITLES,
    STANCES,
    counted,
    licence_name,
    marked,
    number,
    percent,
    spoken,
    value_label,
)

_HERE: Final = "warehouse.report.page"


@dataclass(frozen=True)
class ShownChart:
    """A chart on a page.

    Attributes:
        light, dark: where its image is, for light and dark paper.
        summary: what it shows, in a sentence.
        left_out: how many units are not in it.
        unit: what is counted, in the singular.
    """

    title: str
    summary: str
    light: str
    dark: str
    left_out: int
    unit: str


def report_page(report: CitedReport, links: Links, titles: Mapping[str, str]) -> str:
    """The page of a report on a server.

    Args:
        report: what it shows.
        links: where it leads to.
        titles: names of the sources for people, by their names.
    """
    shown = [
        _shown(
            chart,
            *(f"{links.under(f'/charts/{chart.name}-{theme}')}" for theme in THEMES),
        )
        for chart in charts(report)
    ]
    return page(
        "report.html.j2", report=report, links=links, titles=titles, charts=shown
    )


def report_file(report: CitedReport, titles: Mapping[str, str]) -> str:
    """The report as one HTML file that opens offline: no links to other views of it.

    Args:
        report: what it shows.
        titles: names of the sources for people, by their names.
    """
    shown = [
        _shown(chart, *(_data_uri(draw(chart, theme)) for theme in THEMES))
        for chart in charts(report)
    ]
    style = static_file("style.css").decode()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return page(
        "file.html.j2",
        report=report,
        links=None,
        titles=titles,
        charts=shown,
        style=style,
        style_digest=digest,
    )


def page(template: str, **values: Any) -> str:  # noqa: ANN401 - what it shows
    """A template, filled; all text in it is escaped."""
    return _environment().get_template(template).render(**values)


def weblink(url: str) -> str:
    """The address, if it is one of the web; sources send others, too."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:  # a bracket that is never closed
        return "#"
    return url if scheme in {"http", "https"} else "#"


@cache
def static_file(name: str) -> bytes:
    """A file that pages ask for, such as ``style.css``."""
    return (files(_HERE) / "static" / name).read_bytes()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "counted": counted,
        "groupby_work": _by_work,
        "label_of": value_label,
        "licence": licence_name,
        "marked": marked,
        "moment": _moment,
        "number": number,
        "path": quote,
        "percent": percent,
        "spoken": spoken,
        "weblink": weblink,
    }
    made.globals |= {
        "facet_titles": FACET_TITLES,
        "orderings": ORDERING_TITLES,
        "stances": STANCES,
        "static_version": _version(),
    }
    return made


def _version() -> str:
    """Changes with the files, so that no browser keeps old ones with new pages."""
    files_now = b"".join(static_file(name) for name in ("style.css", "citehouse.js"))
    return hashlib.sha256(files_now).hexdigest()[:12]


def _shown(chart: Chart, light: str, dark: str) -> ShownChart:
    return ShownChart(
        chart.title, chart.summary, light, dark, chart.left_out, chart.unit
    )


def _data_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _by_work(
    statements: Sequence[ReportedStatement],
) -> dict[str, list[ReportedStatement]]:
    grouped: dict[str, list[ReportedStatement]] = {}
    for one in statements:
        grouped.setdefault(one.citing_work_id, []).append(one)
    return grouped


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%-d %B %Y, %H:%M} UTC"
