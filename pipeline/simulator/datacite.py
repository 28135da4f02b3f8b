"""DataCite's REST API: single works, lists by query, pages that are silently smaller.

Source: https://support.datacite.org/docs/api and github.com/datacite/lupo (controllers
and paginatable.rb), read in 2026.
"""

import base64
import binascii
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from pipeline.simulator.datacite_record import datacite_item
from pipeline.simulator.limits import Allowance
from pipeline.simulator.options import Options
from pipeline.simulator.reply import JSON, Call, Refusal, Reply, whole_number
from pipeline.simulator.work import Work
from pipeline.simulator.world import World

_MEDIA_TYPE: Final = f"{JSON}; charset=utf-8"
_USUAL_SIZE: Final = 25
_LARGEST_PAGE: Final = 1000
_DEEPEST: Final = 10_000

_WINDOW_S: Final = 300.0
_IDENTIFIED: Final = 1_000
_ANONYMOUS: Final = 500
"""Requests that an address may make in a window, by whether it names a contact."""

_TEXT: Final = r'"((?:[^"\\]|\\.)*)"'
_ONE: Final = re.compile(_TEXT)
_SINCE: Final = re.compile(r"updated:\[(\d{4}-\d{2}-\d{2}) TO \*\] AND ")
_DOIS: Final = re.compile(rf"doi:(?:{_TEXT}|\({_TEXT}(?: OR {_TEXT})*\))")


def lane(call: Call) -> str:  # noqa: ARG001 - one lane for everything
    """Lists and single works share one allowance."""
    return "all"


def allowance(call: Call, options: Options) -> Allowance:
    """So many in five minutes, twice as many for those who say who they are."""
    rate = options.rate("datacite")
    if rate:
        return Allowance.of_rate(rate)
    agent, mailto = call.headers.get("user-agent", ""), call.params.get("mailto", "")
    is_identified = "@" in agent or "@" in mailto
    return Allowance(_IDENTIFIED if is_identified else _ANONYMOUS, _WINDOW_S)


def too_fast(call: Call, wait_s: float) -> Reply:  # noqa: ARG001 - the form is fixed
    """The refusal of a request that came too soon."""
    after = {"Retry-After": str(max(1, math.ceil(wait_s)))}
    return _errors(429, "You have exceeded the rate limit.", after)


def answer(world: World, call: Call) -> Reply:
    """The answer to any request.

    Raises:
        Refusal: the query cannot be read.
    """
    path = call.path.rstrip("/")
    if path == "/dois":
        return _list(world, call)
    if path.startswith("/dois/"):
        return _single(world, path.removeprefix("/dois/"))
    return _not_found()


def _single(world: World, doi: str) -> Reply:
    work = world.by_doi.get(doi.lower())
    if not work or "datacite" not in work.known_to:
        return _not_found()
    return Reply(200, {"data": datacite_item(world, work)}, _MEDIA_TYPE)


def _list(world: World, call: Call) -> Reply:
    found = _found(world, call.params)
    size, start, number = _page(call.params)
    data = [datacite_item(world, work) for work in found[start : start + size]]
    pages = math.ceil(min(len(found), _DEEPEST) / size) if size else 0
    meta: dict[str, Any] = {"total": len(found), "totalPages": pages, "page": number}
    if call.params.get("disable-facets") != "true":
        meta["states"] = [{"id": "findable", "title": "Findable", "count": len(found)}]
    links = {"self": f"{call.root}{call.target}"}
    if data and len(data) == size:
        links["next"] = f"{call.root}/dois?page%5Bcursor%5D={_cursor(start + size)}"
    return Reply(
        200, {"data": data, "meta": meta, "links": links}, _MEDIA_TYPE, rows=data
    )


def _found(world: World, params: Mapping[str, str]) -> list[Work]:
    """Works in DataCite that are asked for, by DOI in any case; all, if none is."""
    held = [
        world.by_doi[doi]
        for doi in sorted(world.by_doi)
        if "datacite" in world.by_doi[doi].known_to
    ]
    if ids := params.get("ids"):
        wanted = {doi.lower() for doi in ids.split(",")}
    elif query := params.get("query"):
        if since := _SINCE.match(query):
            query = query.removeprefix(since.group())
            held = [
                work
                for work in held
                if world.last_change("datacite", work).isoformat() >= since.group(1)
            ]
        wanted = _queried(query)
    else:
        return held
    return [work for work in held if (work.doi or "").lower() in wanted]


def _queried(query: str) -> set[str]:
    if not _DOIS.fullmatch(query):
        raise Refusal(_errors(400, "Failed to parse query"))
    return {re.sub(r"\\(.)", r"\1", text).lower() for text in _ONE.findall(query)}


def _page(params: Mapping[str, str]) -> tuple[int, int, int]:
    """Size, first row and number of the page, each brought within bounds in silence."""
    asked = whole_number(params.get("page[size]", ""))
    size = _USUAL_SIZE if asked is None else min(asked, _LARGEST_PAGE)
    if cursor := params.get("page[cursor]"):
        return size, _start(cursor), 1
    last = max(1, _DEEPEST // size) if size else 1
    number = whole_number(params.get("page[number]", "")) or 1
    return size, (min(number, last) - 1) * size, min(number, last)


def _cursor(start: int) -> str:
    return base64.urlsafe_b64encode(f"row {start}".encode()).decode().rstrip("=")


def _start(cursor: str) -> int:
    """Where the page begins; a cursor that cannot be read begins at the beginning."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return 0
    return whole_number(text.removeprefix("row ")) or 0


def _not_found() -> Reply:
    return _errors(404, "The resource you are looking for doesn't exist.")


def _errors(status: int, title: str, headers: Mapping[str, str] | None = None) -> Reply:
    error = {"status": str(status), "title": title}
    return Reply(status, {"errors": [error]}, _MEDIA_TYPE, headers or {})
