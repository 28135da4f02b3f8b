"""Injected faults: which request is struck, and what is left of its answer."""

from collections import Counter
from dataclasses import replace
from typing import Any, Final

from pipeline.simulator.faults_paging import shrunk
from pipeline.simulator.options import Fault, FaultKind
from pipeline.simulator.reply import HTML, TEXT, Call, Reply

IN_THE_WIRE: Final[frozenset[FaultKind]] = frozenset({"drip", "reset", "truncate"})
"""Faults of the transport: the answer is right, its way is not."""

REFUSING: Final[frozenset[FaultKind]] = frozenset({"auth", "budget", "plan", "rate"})
"""Faults that the API words itself."""

_EUROPEPMC_LISTS: Final = (
    ("resultList", "result"),
    ("citationList", "citation"),
    ("referenceList", "reference"),
)

OF_PAGING: Final[frozenset[FaultKind]] = frozenset({"lost_page", "repeated_page"})
"""Faults that serve another page; see `pipeline.simulator.faults_paging`."""


class FaultPlan:
    """Counts requests against the faults and says which one strikes."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self._faults = faults
        self._matched: Counter[int] = Counter()
        self._struck: Counter[int] = Counter()

    def strike(self, call: Call) -> Fault | None:
        """The fault of this request; a matching request counts even if it is spared."""
        struck: Fault | None = None
        for place, fault in enumerate(self._faults):
            if fault.api not in (None, call.api) or fault.contains not in _text(call):
                continue
            self._matched[place] += 1
            is_due = self._matched[place] % fault.every == 0
            is_spent = fault.times is not None and self._struck[place] >= fault.times
            if struck is None and is_due and not is_spent:
                self._struck[place] += 1
                struck = fault
        return struck


def bend(reply: Reply, fault: Fault, call: Call) -> Reply:
    """The answer after a fault that lies in the answer itself."""
    if fault.kind == "server_error":
        return server_error(call.api, fault.status)
    if fault.kind == "block":
        return Reply(403, "<html><body><h1>403 Forbidden</h1></body></html>", HTML)
    if fault.kind == "empty_body":
        return Reply(200, "", reply.media_type, reply.headers)
    if fault.kind == "html":
        return Reply(200, "<html><body>Down for maintenance</body></html>", HTML)
    if fault.kind == "soft_error":
        return Reply(200, _error_inside(call.api), headers=reply.headers)
    return _bend_rows(reply, fault, call)


def server_error(api: str, status: int) -> Reply:
    """A failure of the server, in the API's own form."""
    if api == "crossref" and status == 500:  # noqa: PLR2004 - internal server error
        return Reply(
            status,
            {
                "status": "error",
                "message-type": "exception",
                "message-version": "1.0.0",
                "message": {
                    "name": "class clojure.lang.ExceptionInfo",
                    "description": "Response Exception",
                    "message": "Response Exception",
                    "stack": [],
                    "cause": None,
                },
            },
        )
    if api == "openalex":
        headers = {"Retry-After": "30"} if status == 503 else {}  # noqa: PLR2004 - service unavailable
        error = {"error": "Service unavailable", "reason": "query_timeout"}
        return Reply(status, error, headers=headers)
    if api == "opencitations":
        return Reply(status, f"HTTP status code {status}: something unexpected", TEXT)
    return Reply(status, f"<html><body><h1>{status}</h1></body></html>", HTML)


def _text(call: Call) -> str:
    return f"{call.path}?{'&'.join(f'{k}={v}' for k, v in call.params.items())}"


def _error_inside(api: str) -> dict[str, Any]:
    if api == "crossref":
        return {"status": "error", "message-type": "exception", "message": {}}
    return {"error": "Internal error", "message": "The answer could not be made."}


def _bend_rows(reply: Reply, fault: Fault, call: Call) -> Reply:
    if reply.rows is None or fault.kind in OF_PAGING:
        return reply
    if fault.kind == "shrink":
        return shrunk(reply, call)
    rows = reply.rows
    middle = len(rows) // 2
    bent = {
        "empty_list": [],
        "short_page": rows[:middle],
        "lost_row": rows[:middle] + rows[middle + 1 :],
        "repeated_row": [*rows[:-1], *rows[:1]],
    }[fault.kind]
    content = _with_rows(reply.content, bent, is_cut=fault.kind == "short_page")
    return replace(reply, content=content, rows=bent)


def _with_rows(content: Any, rows: list[Any], *, is_cut: bool) -> Any:  # noqa: ANN401 - JSON
    if isinstance(content, list):
        return rows
    if "results" in content:
        meta = dict(content["meta"])
        if is_cut:
            meta["db_response_time_ms"] = 5003
            if "next_cursor" in meta:
                meta["next_cursor"] = None
        return {**content, "meta": meta, "results": rows}
    if "data" in content:
        return {**content, "data": rows}
    for outer, inner in _EUROPEPMC_LISTS:
        if outer in content:
            return {**content, outer: {inner: rows}}
    return {**content, "message": {**content["message"], "items": rows}}
