"""Crossref's REST API: single works, lists by filter, pools and limits.

Source: https://api.crossref.org, its documentation and blog, read in 2026.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from pipeline.simulator.crossref_record import crossref_item
from pipeline.simulator.faults import server_error
from pipeline.simulator.limits import Allowance
from pipeline.simulator.options import Options
from pipeline.simulator.reply import (
    HTML,
    TEXT,
    Call,
    Refusal,
    Reply,
    whole_number,
    words,
)
from pipeline.simulator.work import Work
from pipeline.simulator.world import World

_MOST_ROWS: Final = 1000
_DEEPEST: Final = 10_000
_PARAMS: Final = words(
    "cursor facet filter mailto offset order query rows sample select sort"
)
_FIGURES: Final = {
    "public-single": (5, 1),
    "public-array": (1, 1),
    "polite-single": (10, 3),
    "polite-array": (3, 3),
}
"""Pool to requests a second and requests at once, since December 2025."""

_CURSOR_MARK: Final = b"\xfb\xef\xbe"
"""Makes cursors begin with ++, as a client that does not escape them will notice."""


def lane(call: Call) -> str:
    """Lists and single works have limits of their own."""
    return "list" if call.path.rstrip("/").endswith("/works") else "single"


def allowance(call: Call, options: Options) -> Allowance:
    """What the pool of this request allows."""
    requests, at_once = _FIGURES[_pool(call)]
    rate = options.rate("crossref") or float(requests)
    return Allowance.of_rate(rate, options.concurrency or at_once)


def headers(call: Call, options: Options) -> dict[str, str]:
    """The headers of every answer but a refusal for rate."""
    allowed = allowance(call, options)
    return {
        "x-rate-limit-limit": str(allowed.requests),
        "x-rate-limit-interval": f"{allowed.per_s:g}s",
        "x-concurrency-limit": str(allowed.at_once),
        "x-api-pool": _pool(call),
    }


def too_fast(call: Call, wait_s: float) -> Reply:  # noqa: ARG001 - the form is fixed
    """The refusal of a request that came too soon; it carries no figures."""
    return Reply(
        429,
        "<html><body><h1>429 Too Many Requests</h1>\n"
        "You have sent too many requests in a given amount of time.\n</body></html>\n",
        HTML,
    )


def answer(world: World, call: Call) -> Reply:
    """The answer to any request.

    Raises:
        Refusal: a parameter is not what it should be.
    """
    path = call.path.removeprefix("/v1")
    if path.rstrip("/") == "/works":
        return _list(world, call)
    if path.startswith("/works/"):
        return _single(world, call, path.removeprefix("/works/"))
    return _not_found()


def _pool(call: Call) -> str:
    agent = call.headers.get("user-agent", "")
    is_polite = "mailto:" in agent or "@" in call.params.get("mailto", "")
    kind = "array" if lane(call) == "list" else "single"
    return f"{'polite' if is_polite else 'public'}-{kind}"


def _not_found() -> Reply:
    return Reply(404, "Resource not found.", TEXT)


def _single(world: World, call: Call, rest: str) -> Reply:
    doi = rest.removesuffix("/agency").lower()
    if prime := world.by_alias.get(doi):
        target = f"{call.root}/works/{quote(prime.doi or '', safe='')}"
        return Reply(301, "", TEXT, {"Location": target})
    work = world.by_doi.get(doi)
    if not work or "crossref" not in work.known_to:
        return _not_found()
    if rest.endswith("/agency"):
        agency = {"id": "crossref", "label": "Crossref"}
        return _ok("work-agency", {"DOI": work.doi, "agency": agency})
    return _ok("work", crossref_item(world, work))


def _ok(kind: str, message: Mapping[str, Any]) -> Reply:
    envelope = {"status": "ok", "message-type": kind, "message-version": "1.0.0"}
    return Reply(200, {**envelope, "message": message})


def _list(world: World, call: Call) -> Reply:
    _check_params(call)
    rows = _bounded(call, "rows", 20, _MOST_ROWS)
    offset = _bounded(call, "offset", 0, _DEEPEST - rows)
    cursor = call.params.get("cursor")
    start = offset if cursor is None else _start(cursor)
    found = _filtered(world, call.params.get("filter", ""))
    items = [_listed(world, work, call) for work in found[start : start + rows]]
    message: dict[str, Any] = {"facets": {}}
    if cursor is not None:
        message["next-cursor"] = _cursor(start + len(items))
    message |= {
        "total-results": len(found),
        "items": items,
        "items-per-page": rows,
        "query": {"start-index": offset, "search-terms": None},
    }
    reply = _ok("work-list", message)
    return Reply(200, reply.content, rows=items)


def _listed(world: World, work: Work, call: Call) -> dict[str, Any]:
    item = crossref_item(world, work)
    if work.key in world.broken_in_lists:
        del item["DOI"]
    chosen = call.params.get("select")
    if not chosen:
        return item
    fields = chosen.split(",")
    for name in fields:
        if name not in _SELECTABLE and name not in item:
            raise Refusal(
                _invalid(
                    "field-not-valid", name, f"Field {name} specified but not valid."
                )
            )
    return {name: item[name] for name in fields if name in item}


_SELECTABLE: Final = words(
    """
    DOI ISBN ISSN URL abstract accepted alias archive article-number assertion author
    container-title created deposited editor funder indexed is-referenced-by-count
    issn-type issue issued language license link member original-title page posted
    prefix published published-online published-print publisher reference
    references-count relation resource short-title source subject subtitle subtype
    title type update-policy update-to updated-by volume
    """
)


def _check_params(call: Call) -> None:
    for name in call.params:
        if name not in _PARAMS and not name.startswith("query."):
            raise Refusal(
                _invalid(
                    "parameter-not-allowed",
                    name,
                    f"Parameter {name} specified but there is no such parameter "
                    "available on any route",
                )
            )


def _bounded(call: Call, name: str, default: int, most: int) -> int:
    text = call.params.get(name)
    if text is None:
        return default
    number = whole_number(text)
    if number is None or number > most:
        raise Refusal(
            _invalid(
                "integer-not-valid",
                text,
                f"Integer specified as {text} but must be a positive integer less than "
                f"or equal to {most}.",
            )
        )
    return number


def _invalid(kind: str, value: str, message: str) -> Reply:
    return Reply(
        400,
        {
            "status": "failed",
            "message-type": "validation-failure",
            "message": [{"type": kind, "value": value, "message": message}],
        },
    )


def _cursor(start: int) -> str:
    return base64.b64encode(_CURSOR_MARK + str(start).encode()).decode()


def _start(cursor: str) -> int:
    if cursor == "*":
        return 0
    try:
        mark, start = (
            (decoded := base64.b64decode(cursor, validate=True))[:3],
            decoded[3:],
        )
    except binascii.Error as err:
        raise Refusal(server_error("crossref", 500)) from err
    if mark != _CURSOR_MARK or not start.isdigit():
        raise Refusal(server_error("crossref", 500))
    return int(start)


def _filtered(world: World, text: str) -> list[Work]:
    """Works in Crossref that pass: the same filter again is or, another is and."""
    wanted: dict[str, set[str]] = {}
    for part in text.split(",") if text else []:
        name, colon, value = part.partition(":")
        if not colon or name not in _FILTERS:
            raise Refusal(
                _invalid(
                    "filter-not-available",
                    name,
                    f"Filter {name} specified but there is no such filter for this "
                    "route.",
                )
            )
        wanted.setdefault(name, set()).add(value.lower())
    if "doi" in wanted:
        named = sorted(wanted.pop("doi"))
        works = [world.by_doi[doi] for doi in named if doi in world.by_doi]
    else:
        works = [world.by_doi[doi] for doi in sorted(world.by_doi)]
    return [
        work
        for work in works
        if "crossref" in work.known_to
        and all(_FILTERS[name](world, work, values) for name, values in wanted.items())
    ]


def _has_update(world: World, work: Work, values: set[str]) -> bool:
    return any(
        doi.lower() in values
        for update in work.update_to
        if (doi := world.works[update.other].doi)
    )


def _indexed(world: World, work: Work) -> str:
    return world.last_change("crossref", work).isoformat()


_FILTERS: Final[Mapping[str, Callable[[World, Work, set[str]], bool]]] = {
    "doi": lambda _world, work, values: bool(values & set(work.dois)),
    "type": lambda _world, work, values: work.kind.crossref in values,
    "prefix": lambda _world, work, values: work.dois[0].partition("/")[0] in values,
    "updates": _has_update,
    "update-type": lambda _world, work, values: bool(
        values & {update.type for update in work.update_to}
    ),
    "from-index-date": lambda world, work, values: max(values) <= _indexed(world, work),
    "until-index-date": lambda world, work, values: (
        _indexed(world, work) <= min(values)
    ),
}
