"""Semantic Scholar's Graph API: papers one by one and in batches, and their lists.

Source: https://api.semanticscholar.org/api-docs/graph, read in 2026.
"""

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from pipeline.simulator.limits import Allowance
from pipeline.simulator.options import Options
from pipeline.simulator.reply import Call, Refusal, Reply, whole_number
from pipeline.simulator.semanticscholar_record import (
    VIEW,
    cited_items,
    citing_items,
    paper,
)
from pipeline.simulator.work import Work
from pipeline.simulator.world import World

_MOST_IDS: Final = 500
_MOST_ITEMS: Final = 1_000
_REACH: Final = 10_000
_FIELDS: Final = ("paperId", "title")
"""What is sent if nothing is asked for."""

_SCHEMES: Final = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "arxiv": "arxiv"}

_Items = Callable[[World, Work, Collection[str]], list[dict[str, Any]]]
_LISTS: Final[Mapping[str, _Items]] = {
    "citations": citing_items,
    "references": cited_items,
}


def lane(call: Call) -> str:  # noqa: ARG001 - one lane for everything
    """All endpoints share one allowance."""
    return "all"


def allowance(call: Call, options: Options) -> Allowance:  # noqa: ARG001 - the same for all
    """One request a second, which is what a key gives."""
    return Allowance.of_rate(options.rate(VIEW) or 1.0)


def too_fast(call: Call, wait_s: float) -> Reply:  # noqa: ARG001 - the form is fixed
    """The refusal of a request that came too soon; it does not say how long to wait."""
    said = "Too Many Requests. Please wait and try again or apply for a key."
    return Reply(
        429,
        {"message": said, "code": "429"},
        headers={"x-amzn-ErrorType": "TooManyRequestsException"},
    )


def bad_key() -> Reply:
    """The refusal of a key that nobody issued."""
    return Reply(403, {"message": "Forbidden"})


def check_key(call: Call, options: Options) -> None:
    """No key is fine here, unlike there, where it means to wait; a wrong one is not.

    Raises:
        Refusal: the key is not among those issued.
    """
    key = call.headers.get("x-api-key")
    if key and key not in options.semanticscholar_keys:
        raise Refusal(bad_key())


def answer(world: World, call: Call) -> Reply:
    """The answer to any request."""
    if call.path == "/paper/batch":
        return _batch(world, call)
    if not call.path.startswith("/paper/"):
        return Reply(404, {"message": "Not Found"})
    name = call.path.removeprefix("/paper/")
    head, _, last = name.rpartition("/")
    endpoint = last if last in _LISTS else None
    name = head if endpoint else name
    work = _found(world, name)
    if work is None:
        return Reply(404, {"error": f"Paper with id {name} not found"})
    if endpoint is None:
        return Reply(200, paper(world, work, _fields(call)))
    try:
        return _list(_LISTS[endpoint](world, work, _fields(call)), call)
    except Refusal as refusal:
        return refusal.reply


def _batch(world: World, call: Call) -> Reply:
    try:
        ids = json.loads(call.body)["ids"]
    except (ValueError, TypeError, KeyError):
        ids = []
    if call.method != "POST" or not isinstance(ids, list) or not ids:
        return Reply(400, {"error": "No valid paper ids given"})
    if len(ids) > _MOST_IDS:
        return Reply(400, {"error": f"Too many ids: at most {_MOST_IDS} a batch"})
    works = [_found(world, str(name)) for name in ids]
    rows = [paper(world, work, _fields(call)) if work else None for work in works]
    # Its length is that of the question: no row of it can be lost without an error.
    return Reply(200, rows)


def _list(items: list[dict[str, Any]], call: Call) -> Reply:
    offset = _number(call, "offset", 0)
    limit = _number(call, "limit", 100)
    if not 0 < limit <= _MOST_ITEMS or offset + limit >= _REACH:
        said = f"limit must be <= {_MOST_ITEMS} and offset + limit < {_REACH}"
        return Reply(400, {"error": said})
    rows = items[offset : offset + limit]
    more = {"next": offset + limit} if len(items) > offset + limit else {}
    return Reply(200, {"offset": offset, **more, "data": rows}, rows=rows)


def _number(call: Call, name: str, default: int) -> int:
    given = call.params.get(name)
    number = default if given is None else whole_number(given)
    if number is None:
        raise Refusal(Reply(400, {"error": f"{name} must be a number"}))
    return number


def _fields(call: Call) -> Collection[str]:
    given = call.params.get("fields")
    return given.split(",") if given else _FIELDS


def _found(world: World, name: str) -> Work | None:
    scheme, _, value = name.partition(":")
    known = _SCHEMES.get(scheme.lower()) if value else None
    text = value if known else name
    if known == "pmcid":
        text = f"PMC{value.upper().removeprefix('PMC')}"
    elif known != "pmid":
        text = text.lower()
    work = world.by_token.get(f"{known or 's2'}:{text}")
    return work if work and VIEW in work.known_to else None
