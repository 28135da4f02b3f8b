"""The simulator as an ASGI application: the APIs under four prefixes.

The path is taken as it was sent: escapes in DOIs are half of what there is to test.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import replace
from types import ModuleType
from typing import Any, Final, TypeAlias

from pipeline.simulator import (
    crossref,
    datacite,
    doiorg,
    europepmc,
    ncbi,
    openalex,
    openalex_gateway,
    opencitations,
    semanticscholar,
)
from pipeline.simulator.faults import IN_THE_WIRE, REFUSING, FaultPlan, bend
from pipeline.simulator.faults_paging import other_page
from pipeline.simulator.limits import Meter, Seen
from pipeline.simulator.options import APIS, Fault, Options
from pipeline.simulator.reply import TEXT, Call, Refusal, Reply
from pipeline.simulator.world import World

_Scope: TypeAlias = MutableMapping[str, Any]
_Message: TypeAlias = MutableMapping[str, Any]
_Receive: TypeAlias = Callable[[], Awaitable[_Message]]
_Send: TypeAlias = Callable[[_Message], Awaitable[None]]

_RULES: Final[dict[str, ModuleType]] = {
    "crossref": crossref,
    "datacite": datacite,
    "doiorg": doiorg,
    "europepmc": europepmc,
    "ncbi": ncbi,
    "openalex": openalex_gateway,
    "opencitations": opencitations,
    "semanticscholar": semanticscholar,
}
_CHECKS: Final[Mapping[str, Callable[[Call, Options], None]]] = {
    "openalex": openalex_gateway.check,
    "opencitations": opencitations.check_token,
    "semanticscholar": semanticscholar.check_key,
}
"""What is refused before rates are looked at, such as wrong keys."""

_STALL_S: Final = 0.3
"""How long a request beyond Crossref's concurrency hangs."""


class ConnectionDropped(Exception):
    """Raised to make the server close a connection in the middle."""


class Simulator:
    """The application; `meter` holds what it has seen."""

    def __init__(self, world: World, options: Options) -> None:
        self.world = world
        self.stalled: dict[str, World] = {}
        self.options = options
        self.meter = Meter()
        self.budget = openalex_gateway.Budget(options)
        self._faults = FaultPlan(options.faults)

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Serves one connection of the ASGI protocol."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _serve(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        call = _call(scope, await _body(receive))
        if call is None:
            await _send_reply(send, _unknown_api(), "GET")
            return
        lane = _RULES[call.api].lane(call)
        agent = call.headers.get("user-agent", "")
        seen = self.meter.arrive(call.api, lane, call.method, call.target, agent)
        try:
            fault = self._faults.strike(call)
            seen.fault = fault.kind if fault else None
            reply = self._reply(call, seen, fault)
            await asyncio.sleep(self._delay_s(call, seen))
            if fault and fault.kind == "reset":
                await _drop(send)
                return
            seen.status = reply.status
            await _send_reply(send, reply, call.method, fault)
        finally:
            self.meter.leave(seen)

    def _delay_s(self, call: Call, seen: Seen) -> float:
        at_once = _RULES[call.api].allowance(call, self.options).at_once
        is_crowded = at_once is not None and seen.at_once > at_once
        return self.options.latency_ms / 1000 + (_STALL_S if is_crowded else 0.0)

    def _reply(self, call: Call, seen: Seen, fault: Fault | None) -> Reply:
        try:
            reply = self._accepted(call, seen, fault)
        except Refusal as refusal:
            reply = refusal.reply
        is_spent = fault is not None and fault.kind == "budget"
        return self._with_headers(call, reply, is_spent=is_spent)

    def _accepted(self, call: Call, seen: Seen, fault: Fault | None) -> Reply:
        if fault and fault.kind in REFUSING:
            return _refused(call, fault)
        if check := _CHECKS.get(call.api):
            check(call, self.options)
        rules = _RULES[call.api]
        allowance = rules.allowance(call, self.options)
        if (wait_s := self.meter.wait_s(seen, allowance)) > 0:
            refusal: Reply = rules.too_fast(call, wait_s)
            return refusal
        if call.api == "openalex":
            self.budget.spend(call)
        world = self.stalled.get(call.api, self.world)
        reply = _answer(world, call)
        other = other_page(call, reply, fault) if fault else None
        if other:
            reply = _answer(world, other)
        if fault and fault.kind not in IN_THE_WIRE:
            return bend(reply, fault, call)
        return reply

    def _with_headers(self, call: Call, reply: Reply, *, is_spent: bool) -> Reply:
        more: dict[str, str] = {}
        if call.api == "openalex":
            more = self.budget.headers(call, is_spent=is_spent)
        elif call.api == "crossref" and reply.status != 429:  # noqa: PLR2004 - too many requests
            more = crossref.headers(call, self.options)
        return replace(reply, headers={**more, **reply.headers})


def _answer(world: World, call: Call) -> Reply:
    api = openalex if call.api == "openalex" else _RULES[call.api]
    reply: Reply = api.answer(world, call)
    return reply


def _refused(call: Call, fault: Fault) -> Reply:
    if fault.kind == "plan":
        return openalex_gateway.needs_plan()
    if fault.kind == "budget":
        return openalex_gateway.over_budget(call)
    if fault.kind == "auth":
        if call.api == "openalex":
            return openalex_gateway.bad_key()
        if call.api == "semanticscholar":
            return semanticscholar.bad_key()
        return opencitations.bad_token()
    refusal: Reply = _RULES[call.api].too_fast(call, 1.0)
    return refusal


async def _body(receive: _Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _call(scope: _Scope, body: bytes) -> Call | None:
    raw_path = scope["raw_path"].decode("ascii", "replace")
    api, _, rest = raw_path.removeprefix("/").partition("/")
    if api not in APIS:
        return None
    headers = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in scope["headers"]
    }
    return Call(
        api=api,
        method=scope["method"],
        raw_path=f"/{rest}",
        raw_query=scope["query_string"].decode("ascii", "replace"),
        headers=headers,
        root=f"http://{headers.get('host', '')}/{api}",
        body=body,
    )


def _unknown_api() -> Reply:
    return Reply(404, f"No such API here. There are: {', '.join(APIS)}.\n", TEXT)


async def _send_reply(
    send: _Send, reply: Reply, method: str, fault: Fault | None = None
) -> None:
    body = reply.body
    headers = {
        "content-type": reply.media_type,
        "content-length": str(len(body)),
        **reply.headers,
    }
    await send(
        {
            "type": "http.response.start",
            "status": reply.status,
            "headers": [
                (name.lower().encode(), text.encode()) for name, text in headers.items()
            ],
        }
    )
    if method == "HEAD":
        body = b""
    if fault and fault.kind == "truncate":
        await send(_piece(body[: len(body) // 2], more=True))
        raise ConnectionDropped
    if fault and fault.kind == "drip":
        for place in range(len(body)):
            await send(_piece(body[place : place + 1], more=True))
            await asyncio.sleep(fault.seconds)
        body = b""
    await send(_piece(body, more=False))


def _piece(body: bytes, *, more: bool) -> _Message:
    return {"type": "http.response.body", "body": body, "more_body": more}


async def _drop(send: _Send) -> None:
    # ASGI has no word for this; the server's own object behind `send` has the socket.
    cycle = getattr(send, "__self__", None)
    if cycle is None:
        raise ConnectionDropped
    cycle.transport.abort()
    await asyncio.sleep(0.01)


async def _live(receive: _Receive, send: _Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
