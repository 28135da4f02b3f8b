"""OpenAlex behind its gateway: single works, filtered lists, paging by page or cursor.

Source: https://help.openalex.org and OpenAlex's server code, read in 2026.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

from pipeline.simulator.openalex_filter import (
    bad_query,
    cited_numbers,
    matching_works,
    work_number,
)
from pipeline.simulator.openalex_record import (
    FIELDS,
    cited_by_count,
    full_date,
    openalex_record,
)
from pipeline.simulator.reply import (
    HTML,
    Call,
    Refusal,
    Reply,
    whole_number,
    words,
)
from pipeline.simulator.work import Work
from pipeline.simulator.world import World

_DEFAULT_PAGE: Final = 25
_LARGEST_PAGE: Final = 200
_DEEPEST: Final = 10_000
_PARAMS: Final = words(
    """
    api_key corpus cursor filter include_xpac mailto page per-page per_page sample
    search select sort
    """
)
_SORTS: Final = frozenset(
    {"cited_by_count", "id", "publication_date", "publication_year"}
)


def answer(world: World, call: Call) -> Reply:
    """The answer to any request that the gateway let through.

    Raises:
        Refusal: a parameter is not what it should be.
    """
    if call.path.rstrip("/") == "/works":
        return _list(world, call)
    if call.path.startswith("/works/"):
        _fields(call)
        work = _single(world, call.path.removeprefix("/works/"))
        if work:
            record = openalex_record(world, work, is_single=True)
            return Reply(200, _selected(record, _fields(call)))
    return _not_found()


def _not_found() -> Reply:
    return Reply(
        404,
        "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n"
        "<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you "
        "entered the URL manually please check your spelling and try again.</p>\n",
        HTML,
    )


def _single(world: World, name: str) -> Work | None:
    lower = name.lower()
    if number := work_number(name.removeprefix("openalex:")):
        work = world.by_token.get(f"openalex:{number}")
    elif lower.startswith("pmid:"):
        work = world.by_token.get(lower)
    else:
        doi = lower.removeprefix("doi:")
        work = world.by_doi.get(doi.removeprefix("https://doi.org/"))
    if work and work.openalex_home:
        # Found by any DOI that a record has taken in, unlike in lists.
        work = world.works[work.openalex_home]
    return work if work and "openalex" in work.known_to else None


def _list(world: World, call: Call) -> Reply:
    for name in call.params:
        if name not in _PARAMS:
            raise Refusal(bad_query(f"{name} is not a valid parameter."))
    fields = _fields(call)
    per_page = _per_page(call)
    text = call.params.get("filter", "")
    rows = _rows(world, text, matching_works(world, text), call.params.get("sort", ""))
    start = _start(call, per_page)
    page = rows[start : start + per_page]
    records = [_selected(_record(world, row), fields) for row in page]
    meta: dict[str, Any] = {
        "count": len(rows),
        "db_response_time_ms": 21,
        "page": None if "cursor" in call.params else start // per_page + 1,
        "per_page": per_page,
        "groups_count": None,
    }
    if "cursor" in call.params:
        is_full = len(page) == per_page
        meta["next_cursor"] = _cursor(start + per_page) if is_full else None
    content = {"meta": meta, "results": records, "group_by": []}
    return Reply(200, content, rows=records)


def _rows(
    world: World, text: str, works: list[Work], sort: str
) -> list[Work | Mapping[str, Any]]:
    """Works in order, and behind them the records that should not be there."""
    name, _, direction = sort.partition(":")
    if sort and name not in _SORTS:
        raise Refusal(bad_query(f"{name} is not a valid sort field."))
    ordered = sorted(works, key=lambda work: work.openalex or 0)
    is_ascending = bool(sort) and direction != "desc"
    ordered.sort(
        key=lambda work: _sort_value(world, work, name), reverse=not is_ascending
    )
    strays = [
        stray.record
        for stray in world.strays
        if stray.view == "openalex"
        and f"W{world.works[stray.cited].openalex}" in cited_numbers(text)
    ]
    return [*ordered, *strays]


def _sort_value(world: World, work: Work, name: str) -> tuple[str, int]:
    if name.startswith("publication"):
        date = full_date(work.date("openalex"))
        return (date.isoformat() if date else "", work.openalex or 0)
    if name == "id":
        return ("", work.openalex or 0)
    return (f"{cited_by_count(world, work):09d}", work.openalex or 0)


def _record(world: World, row: Work | Mapping[str, Any]) -> Mapping[str, Any]:
    return openalex_record(world, row) if isinstance(row, Work) else row


def _fields(call: Call) -> list[str] | None:
    chosen = call.params.get("select")
    if not chosen:
        return None
    fields = chosen.split(",")
    for name in fields:
        if name not in FIELDS:
            raise Refusal(
                bad_query(
                    f"{name} is not a valid select field. Only fields at the root of "
                    "a record can be selected."
                )
            )
    return fields


def _selected(record: Mapping[str, Any], fields: list[str] | None) -> Mapping[str, Any]:
    if fields is None:
        return record
    return {name: record[name] for name in fields if name in record}


def _per_page(call: Call) -> int:
    text = call.params.get("per_page", call.params.get("per-page"))
    if text is None:
        return _DEFAULT_PAGE
    number = whole_number(text)
    if not number or number > _LARGEST_PAGE:
        raise Refusal(
            bad_query(f"per-page parameter must be between 1 and {_LARGEST_PAGE}")
        )
    return number


def _start(call: Call, per_page: int) -> int:
    cursor = call.params.get("cursor")
    if cursor is not None:
        return _cursor_start(cursor)
    page = whole_number(call.params.get("page", "1"))
    if not page:
        raise Refusal(bad_query("Page parameter must be a positive number."))
    if page * per_page > _DEEPEST:
        raise Refusal(
            Reply(
                400,
                {
                    "error": "Pagination error.",
                    "message": "Maximum results size of 10,000 records is exceeded. "
                    "Cursor pagination is required for records beyond 10,000.",
                },
            )
        )
    return (page - 1) * per_page


def _cursor(start: int) -> str:
    return base64.b64encode(f"[{start}, 'works']".encode()).decode()


def _cursor_start(cursor: str) -> int:
    if cursor == "*":
        return 0
    try:
        text = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        text = ""
    start = whole_number(text.removeprefix("[").partition(",")[0])
    if start is None:
        raise Refusal(bad_query("Cursor value is invalid."))
    return start
