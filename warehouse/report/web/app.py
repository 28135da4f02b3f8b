"""The web server: its routes, what it answers to errors, and what it lets nobody do."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Final

import duckdb
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.base import RequestResponseEndpoint
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from warehouse.errors import NotHeld, WarehouseFault
from warehouse.report.page.render import page
from warehouse.report.web import api, collections, files, pages, rows, sql
from warehouse.report.web.head import HeadAsGet
from warehouse.report.web.readers import Readers
from warehouse.report.web.site import Site

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer: scripts and styles are our own files only, and nobody frames us."""

LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "[::1]")

_WORTH_PACKING: Final = 1_000
"""Bytes; shorter answers fit in one packet anyway."""


def create_app(
    home: Path,
    *,
    titles: Mapping[str, str],
    tagged: Callable[[], Mapping[str, tuple[str, ...]]],
    hosts: tuple[str, ...] = LOCAL_HOSTS,
) -> FastAPI:
    """The application that shows a warehouse.

    Args:
        home: of the warehouse; what is published there may change while it runs.
        titles: names of the sources for people, by their names.
        tagged: gives the watched DOIs by tag, as they are now.
        hosts: names that it may be called by; others are refused, so that no page
            elsewhere can read it by a name of its own.
    """
    app = FastAPI(
        title="Citehouse",
        summary="Who cites a work, when, in what, and what they say.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # these pages load their scripts from elsewhere
        redoc_url=None,
    )
    app.state.site = Site(Readers(home), home, titles, tagged)
    app.include_router(pages.router)
    app.include_router(collections.router)
    app.include_router(sql.router)
    app.include_router(files.router)
    app.include_router(rows.router)
    app.include_router(api.router)
    app.add_middleware(HeadAsGet)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.middleware("http")(_with_headers)
    for kind in (
        NotHeld,
        ValueError,
        WarehouseFault,
        duckdb.Error,
        HTTPException,
        RequestValidationError,
    ):
        app.add_exception_handler(kind, _fault)
    return app


async def _with_headers(request: Request, go_on: RequestResponseEndpoint) -> Response:
    response = await go_on(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _fault(request: Request, err: Exception) -> Response:
    status, message = _told(err)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": message}, status)
    shown = page("error.html.j2", status=status, message=message)
    return HTMLResponse(shown, status)


def _told(err: Exception) -> tuple[int, str]:
    if isinstance(err, NotHeld):
        text = (
            f"{err} was never asked about in this warehouse. Ask with:"
            f" citehouse refresh {err}"
        )
        return HTTPStatus.NOT_FOUND, text
    if isinstance(err, HTTPException):
        return err.status_code, str(err.detail)
    if isinstance(err, RequestValidationError):
        said = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}"
            for one in err.errors()
        )
        return HTTPStatus.UNPROCESSABLE_ENTITY, said
    if isinstance(err, ValueError):
        return HTTPStatus.BAD_REQUEST, str(err)
    if isinstance(err, duckdb.OutOfMemoryException):
        text = "This needs more memory than the server may use; choose less at once."
        return HTTPStatus.SERVICE_UNAVAILABLE, text
    return HTTPStatus.SERVICE_UNAVAILABLE, str(err)
