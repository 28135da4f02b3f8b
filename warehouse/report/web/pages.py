"""The pages: find a work, read its report, and the files that belong to them."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from schemas.identifiers import normalise_doi
from warehouse.report.page.address import Links, view_of
from warehouse.report.page.charts import CHARTS, THEMES, charts, draw
from warehouse.report.page.render import page, report_page, static_file
from warehouse.report.web.find import find_works, warehouse_size
from warehouse.report.web.site import TheSite

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_STATIC: Final = {"style.css": "text/css", "citehouse.js": "text/javascript"}
_FOUND_SHOWN: Final = 50
_ONE_HOUR: Final = {"Cache-Control": "private, max-age=3600"}


@router.get("/")
def home(site: TheSite) -> str:
    """Where to begin."""
    with site.readers.connection() as con:
        return page(
            "home.html.j2",
            works=find_works(con, "", limit=12),
            size=warehouse_size(con),
        )


@router.get("/find")
def find(site: TheSite, q: str = "") -> Response:
    """The report of a DOI, or the works with these words in their titles."""
    words = " ".join(q.split())
    if not words:
        return RedirectResponse("/")
    try:
        doi = normalise_doi(words)
    except ValueError:
        doi = None
    if doi:
        return RedirectResponse(Links(doi, view_of([])).whole())
    with site.readers.connection() as con:
        found = find_works(con, words, limit=_FOUND_SHOWN + 1)
    shown = page(
        "found.html.j2",
        words=words,
        works=found[:_FOUND_SHOWN],
        is_cut=len(found) > _FOUND_SHOWN,
    )
    return HTMLResponse(shown)


@router.get("/works/{doi:path}")
def report(site: TheSite, request: Request, doi: str) -> str:
    """The report page of a cited work."""
    view = view_of(request.query_params.multi_items())
    found = site.readers.report(normalise_doi(doi), view)
    return report_page(found, Links(found.doi, view), site.titles)


@router.get("/charts/{name}-{theme}/{doi:path}")
def chart(site: TheSite, request: Request, name: str, theme: str, doi: str) -> Response:
    """One chart of a slice."""
    if name not in CHARTS or theme not in THEMES:
        raise HTTPException(404, f"there is no chart {name}-{theme}")
    view = view_of(request.query_params.multi_items())
    found = site.readers.report(normalise_doi(doi), view)
    drawn = {one.name: one for one in charts(found)}.get(name)
    if drawn is None:
        raise HTTPException(404, f"there is nothing to draw in {name}")
    return Response(
        draw(drawn, "dark" if theme == "dark" else "light"), media_type="image/svg+xml"
    )


@router.get("/static/{name}")
def static(name: str) -> Response:
    """Styles and script."""
    if name not in _STATIC:
        raise HTTPException(404, f"there is no file {name}")
    return Response(static_file(name), media_type=_STATIC[name], headers=_ONE_HOUR)


@router.get("/robots.txt")
def robots() -> Response:
    """A warehouse is for its people, not for crawlers."""
    return Response("User-agent: *\nDisallow: /\n", media_type="text/plain")
