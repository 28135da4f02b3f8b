"""The rows behind a page: the whole slice that it shows a part of, as csv."""

from typing import Final, Literal

from fastapi import APIRouter, Request, Response

from schemas.identifiers import normalise_doi
from warehouse.export import csv_bytes
from warehouse.report.page.address import view_of
from warehouse.report.web.site import TheSite

router: Final = APIRouter(tags=["files"])


@router.get(
    "/rows/{what}/{doi:path}",
    summary="All statements or citing works of a slice as csv",
    response_class=Response,
)
def rows(
    site: TheSite,
    request: Request,
    what: Literal["statements", "citing-works"],
    doi: str,
) -> Response:
    """What a page shows, with all the pages after it; its parameters choose the slice.

    Citing works have all those of the slice, also those without a statement. Columns as
    in the report's schema, rows in the order of the page.
    """
    asked = normalise_doi(doi)
    view = view_of(request.query_params.multi_items()).model_copy(
        update={
            "limit": None,
            "offset": 0,
            "shown": "statements" if what == "statements" else "works",
        }
    )
    file = "".join(c if c.isascii() and c.isalnum() else "-" for c in asked)
    return Response(
        csv_bytes(site.readers.rows(asked, view)),
        media_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{file}-{what}.csv"'},
    )
