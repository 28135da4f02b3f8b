"""Files about a work: citations for reference managers, and its badge."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Response

from schemas.identifiers import normalise_doi
from schemas.slice import View
from warehouse.report.badge import badge_svg
from warehouse.report.citable import choose, citable_works, rows_about
from warehouse.report.citation_formats import CITATION_FORMATS, FormatName, citations
from warehouse.report.web.readers import MEMORY
from warehouse.report.web.site import TheSite

router: Final = APIRouter(tags=["files"])

_NOTHING_SHOWN: Final = View(limit=1, facet_limit=1)
"""A badge has counts only."""


@router.get(
    "/cite/{form}/{doi:path}",
    summary="A work, or what cites it, as BibTeX, RIS or CSL-JSON",
    response_class=Response,
)
def cite(
    site: TheSite,
    form: FormatName,
    doi: str,
    what: Annotated[
        Literal["work", "citing-works", "references"],
        Query(description="The work itself, its citing works, or what it cites."),
    ] = "work",
) -> Response:
    """A file for reference managers and citation processors."""
    name = normalise_doi(doi)
    chosen = choose(site.home, [name], memory_limit=MEMORY)
    rows = rows_about(site.home, chosen, what, is_list=True, memory_limit=MEMORY)
    with rows:
        text = "".join(citations(citable_works(rows), form))
    style = CITATION_FORMATS[form]
    file = "".join(c if c.isascii() and c.isalnum() else "-" for c in name)
    return Response(
        text,
        media_type=style.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file}{style.ending}"'},
    )


@router.get(
    "/badge/{doi:path}", summary="The tallies as an SVG badge", response_class=Response
)
def badge(site: TheSite, doi: str) -> Response:
    """An image to put on a page: how often a work is cited, and how."""
    found = site.readers.report(normalise_doi(doi), _NOTHING_SHOWN)
    return Response(badge_svg(found), media_type="image/svg+xml")
