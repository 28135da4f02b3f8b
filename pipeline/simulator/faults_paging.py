"""Faults of paging: which other page is served in the place of the one asked for.

A page is told by `cursor` (OpenAlex), `page` from 1 (Europe PMC) or `offset` from 0
(Semantic Scholar); an answer that has none of them is a whole list.
"""

from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from pipeline.simulator.options import Fault
from pipeline.simulator.reply import Call, Reply

_FIRST: Final = {"cursor": "*", "page": "1", "offset": "0"}
_TOTALS: Final = ("count", "hitCount")


def is_later_page(call: Call) -> bool:
    """Whether a request asks for another page of a list than its first."""
    return any(
        name in call.params and call.params[name] != first
        for name, first in _FIRST.items()
    )


def other_page(call: Call, reply: Reply, fault: Fault) -> Call | None:
    """The request whose answer a fault puts in the place of this one; None: none.

    ``repeated_page`` serves the first page again; ``lost_page`` the one that follows.
    """
    if reply.rows is None:
        return None
    if fault.kind == "repeated_page" and is_later_page(call):
        return _with_params(call, _FIRST)
    if fault.kind == "lost_page":
        return _following(call, reply)
    return None


def shrunk(reply: Reply, call: Call) -> Reply:
    """A later page of a list that has become one shorter since it was begun."""
    if not isinstance(reply.content, dict) or not is_later_page(call):
        return reply
    return replace(reply, content=_less(reply.content))


def _less(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: value - 1
        for name, value in content.items()
        if name in _TOTALS and isinstance(value, int) and value > 0
    }
    meta = content.get("meta")
    if isinstance(meta, dict):
        found["meta"] = _less(meta)
    return {**content, **found}


def _following(call: Call, reply: Reply) -> Call | None:
    content = reply.content if isinstance(reply.content, dict) else {}
    cursor = (content.get("meta") or {}).get("next_cursor")
    if cursor:
        return _with_params(call, {"cursor": cursor})
    if "next" in content:
        return _with_params(call, {"offset": str(content["next"])})
    page = call.params.get("page")
    if page and content.get("hitCount", 0) > len(reply.rows or []):
        return _with_params(call, {"page": str(int(page) + 1)})
    return None


def _with_params(call: Call, changed: dict[str, str]) -> Call:
    """The same request with other values of those parameters that it has."""
    params = {name: changed.get(name, value) for name, value in call.params.items()}
    return replace(call, raw_query=urlencode(params))
