"""Collections: the works of a tag or of a list of DOIs, side by side and together."""

import re
from collections.abc import Iterable
from typing import Annotated, Final

import duckdb
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from schemas.citing_side import CitingWorksOfYear
from schemas.identifiers import normalise_doi
from warehouse.report.page.charts import THEMES, Chart, chart_of_works, draw
from warehouse.report.page.render import page
from warehouse.report.web.site import Site, TheSite
from warehouse.report.web.tallies import Tally, tallies_of
from warehouse.rows import named_rows

router: Final = APIRouter(include_in_schema=False)

MAX_DOIS: Final = 5_000
"""Of a list or tag on one page; a table of more is for SQL."""

_MAX_CHARS: Final = 200_000
_BETWEEN: Final = re.compile(r"[\s,;]+")

TagName = Annotated[str, Query(max_length=200)]
Typed = Annotated[str, Query(max_length=_MAX_CHARS)]


@router.get("/collections", response_class=HTMLResponse)
def collection(
    site: TheSite, request: Request, tag: TagName = "", dois: Typed = ""
) -> str:
    """The tags that there are, or the works of the one that was asked for."""
    asked, unread = _asked(site, tag, dois)
    if not asked:
        return page(
            "collections.html.j2", tags=site.tagged(), typed=dois, unread=unread
        )
    with site.readers.connection() as con:
        found = tallies_of(con, asked)
        works = _once(found.known)
        known = [one.cited_doi for one in works]
        totals = named_rows(con, "queries/collection_totals.sql", {"dois": known})[0]
        chart = _chart(con, known)
    return page(
        "collection.html.j2",
        tag=tag,
        typed=dois,
        works=works,
        unknown=found.unknown,
        unread=unread,
        totals=totals,
        chart=chart if chart.rows else None,
        query=request.url.query,
    )


@router.get("/collection-chart/{theme}")
def collection_chart(
    site: TheSite, theme: str, tag: TagName = "", dois: Typed = ""
) -> Response:
    """The citing works of a collection by year and type, each counted once."""
    if theme not in THEMES:
        raise HTTPException(404, f"there is no chart {theme}")
    asked, _ = _asked(site, tag, dois)
    with site.readers.connection() as con:
        known = [one.cited_doi for one in _once(tallies_of(con, asked).known)]
        chart = _chart(con, known)
    if not chart.rows:
        raise HTTPException(404, "there is nothing to draw")
    svg = draw(chart, "dark" if theme == "dark" else "light")
    return Response(svg, media_type="image/svg+xml")


def _asked(site: Site, tag: str, typed: str) -> tuple[list[str], list[str]]:
    """The DOIs of the collection, each once, and the words that are none."""
    if tag:
        tags = site.tagged()
        if tag not in tags:
            raise HTTPException(404, f"no watched work carries the tag {tag!r}")
        return _few(tags[tag]), []
    dois: dict[str, None] = {}
    unread: list[str] = []
    for word in filter(None, _BETWEEN.split(typed)):
        try:
            dois[normalise_doi(word)] = None
        except ValueError:
            unread.append(word)
    return _few(dois), unread


def _few(dois: Iterable[str]) -> list[str]:
    """The DOIs; too many are refused, for sums of a part of them would be wrong."""
    asked = list(dois)
    if len(asked) > MAX_DOIS:
        raise ValueError(
            f"a collection has at most {MAX_DOIS:,} DOIs, and these are {len(asked):,};"
            " SQL on mart.tally takes more"
        )
    return asked


def _once(known: list[Tally]) -> list[Tally]:
    """Each work once, the most cited first, those not known last."""
    by_doi = {one.cited_doi: one for one in known}
    return sorted(
        by_doi.values(),
        key=lambda one: (
            one.citing_work_count is None,
            -(one.citing_work_count or 0),
            one.cited_doi,
        ),
    )


def _chart(con: duckdb.DuckDBPyConnection, dois: list[str]) -> Chart:
    rows = named_rows(con, "queries/collection_by_year.sql", {"dois": dois})
    return chart_of_works([CitingWorksOfYear(**row) for row in rows])
