"""JSON: what the pages show, for programs. Described by `/api/openapi.json`."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from schemas.cited_report import CitedReport
from schemas.identifiers import normalise_doi
from warehouse.report.page.address import view_of
from warehouse.report.page.render import page
from warehouse.report.web.site import TheSite
from warehouse.report.web.tallies import Tally, tallies_of
from warehouse.rows import named_rows

router: Final = APIRouter()

MAX_DOIS: Final = 500
MAX_WORKS: Final = 200
"""Citing works of one answer; more are asked for by page."""

Aggregate = Literal["year", "type", "year_and_type", "section", "journal", "author"]


class DoiList(BaseModel):
    """Works to tell of."""

    dois: list[str] = Field(min_length=1, max_length=MAX_DOIS)


class Tallies(BaseModel):
    """The tallies of some works, as asked; `unknown` are those never asked about."""

    tallies: list[Tally]
    unknown: list[str]


@router.get("/api", include_in_schema=False, response_class=HTMLResponse)
def api_page(request: Request) -> str:
    """What there is, in words."""
    return page("api.html.j2", schema=request.app.openapi())


@router.get("/api/works/{doi:path}", tags=["works"], summary="The report of a work")
def work(
    site: TheSite,
    request: Request,
    doi: str,
    limit: Annotated[
        int, Query(ge=1, le=MAX_WORKS, description="Citing works on the page.")
    ] = 20,
    offset: Annotated[int, Query(ge=0, le=10**9, description="Works before it.")] = 0,
) -> CitedReport:
    """All that the report page shows of a slice.

    Facets (`section`, `stance`, `year`, `type`, `relationship`, `author`, `journal`,
    `source`; each may come several times), `q`, `order` and `show` choose the slice as
    they do in the address of the page.
    """
    view = view_of(request.query_params.multi_items())
    asked = view.model_copy(update={"limit": limit, "offset": offset})
    return site.readers.report(normalise_doi(doi), asked)


@router.get("/api/tallies", tags=["tallies"], summary="Tallies of some works")
def tallies(
    site: TheSite,
    doi: Annotated[list[str], Query(max_length=MAX_DOIS, min_length=1)],
) -> Tallies:
    """The tallies of up to 500 works; for many, POST the same."""
    return _tallies(site, doi)


@router.post("/api/tallies", tags=["tallies"], summary="Tallies of many works")
def posted_tallies(site: TheSite, asked: DoiList) -> Tallies:
    """The tallies of up to 500 works."""
    return _tallies(site, asked.dois)


@router.get(
    "/api/aggregates/{by}/{doi:path}",
    tags=["aggregates"],
    summary="A row a year, type, section, journal or author",
)
def aggregates(site: TheSite, by: Aggregate, doi: str) -> list[dict[str, Any]]:
    """The rows of `mart.citations_by_...` about a work; columns as in the table."""
    with site.readers.connection() as con:
        found = tallies_of(con, [normalise_doi(doi)])
        about = found.known[0].cited_doi if found.known else normalise_doi(doi)
        return named_rows(con, f"queries/by_{by}.sql", {"doi": about})


def _tallies(site: TheSite, dois: list[str]) -> Tallies:
    asked = list(dict.fromkeys(normalise_doi(one) for one in dois))
    with site.readers.connection() as con:
        found = tallies_of(con, asked)
    return Tallies(tallies=found.known, unknown=found.unknown)
