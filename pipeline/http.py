"""The only door to the network: asks one question until there is an answer or none.

Each try passes the lane's limiter, has a deadline and a largest size, and its outcome
falls into one class of `pipeline.transport.classify`. What may become better is tried
again, what cannot is final at once, and a source that has shut us out is left alone.
Trouble is a value here, not an exception: `Client.fetch` gives an answer in every case.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Timeout
from urllib3.exceptions import HTTPError

from pipeline.errors import SourceUnavailable
from pipeline.settings import Settings
from pipeline.sources.base import Request, Source
from pipeline.transport.allowance import Allowance, Allowances, AllowanceSpent
from pipeline.transport.classify import classify
from pipeline.transport.exchange import POOLS, UnusableBody, read_body, trouble
from pipeline.transport.identity import Identity
from pipeline.transport.lane_of import lane_of
from pipeline.transport.limiter import Lane, LaneBlocked, Lanes, lanes_of_this_process
from pipeline.transport.outcome import NoReply, Outcome, Question, Reply, raw_answer
from pipeline.transport.redirect import MAX_REDIRECTS, is_same_origin, redirect_target
from pipeline.transport.retry import BACKOFF_S, GivenUp, Patience
from pipeline.transport.standing import Standing
from schemas.provenance import STOPPING, AnswerClass, RawAnswer

CONNECT_TIMEOUT_S: Final = 15.0
"""Longer than a lost SYN takes to be sent three times."""

_GOOD: Final[frozenset[AnswerClass]] = frozenset({"ok", "not_found"})

Check = Callable[[bytes], str | None]


class Client:
    """Asks sources, for many threads at once.

    Args:
        settings: contact address, keys, base URLs, ceilings, deadline, largest size.
        lanes: the limiters; by default those that the whole process shares.
        backoff_s: scale of the waits between tries.
        now: the clock of `RawAnswer.fetched_at`.

    Raises:
        ConfigError: the contact address, a key or a base URL cannot be used.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        lanes: Lanes | None = None,
        backoff_s: float = BACKOFF_S,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._identity = Identity(settings)
        self._lanes = lanes or lanes_of_this_process()
        self._backoff_s = backoff_s
        self._now = now
        self._standing = Standing()
        self._allowances = Allowances(settings)
        self._is_closed = threading.Event()
        self._sessions: deque[requests.Session] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections; whoever still waits for a turn is sent away."""
        self._is_closed.set()
        while self._sessions:
            self._sessions.pop().close()

    @property
    def stopped(self) -> dict[str, str]:
        """The sources that are no longer asked, each with the reason."""
        return {name: stop.reason for name, stop in self._standing.stops.items()}

    @property
    def warnings(self) -> list[str]:
        """What the user should know of how the sources treat us, each once."""
        return self._standing.warnings

    def allowance(self, source: Source) -> Allowance:
        """What this source may still be asked."""
        return self._allowances.of(source)

    def stop(self, source_name: str, outcome: AnswerClass, reason: str) -> None:
        """Ask this source no more; its questions are answered with this class."""
        self._standing.stop(source_name, outcome, self._identity.redactor.text(reason))

    def fetch(
        self, source: Source, request: Request, run_id: str, check: Check
    ) -> RawAnswer:
        """The answer to a question; its class is final.

        A question that was not sent (the source is stopped, or wants a long pause) has
        `attempts` 0, status None and no body; `error` says why.

        Args:
            source: its base URL may be overruled by the settings.
            request: what to ask.
            run_id: goes into the answer.
            check: why a body that passes as ``ok`` must not be used; None: it may.

        Raises:
            SourceUnavailable: the client has been closed.
        """
        known = self._settings, self._identity, self._lanes
        lane = lane_of(source, request.lane, *known)
        patience, tries = Patience(self._backoff_s), 0
        sent = Question.of(source, request, self._identity.url(source, request))
        while True:
            outcome = self._try(source, lane, sent, check)
            tries += outcome.was_sent
            try:
                self._wait(lane, outcome, patience)
            except GivenUp as err:
                outcome = replace(outcome.because(str(err)), tries=tries)
                break
        if outcome.name in STOPPING:
            self.stop(source.name, outcome.name, outcome.reason or outcome.name)
        return raw_answer(
            request,
            run_id,
            outcome,
            fetched_at=self._now(),
            url=sent.url,
            redactor=self._identity.redactor,
        )

    def _try(self, source: Source, lane: Lane, sent: Question, check: Check) -> Outcome:
        try:
            reply = self._ask(source, lane, sent)
        except LaneBlocked as err:
            return Outcome(err.outcome, str(err), was_sent=False)
        except NoReply as err:
            return Outcome(err.outcome, str(err), was_sent=err.was_sent)
        said = reply.status, reply.headers, reply.body
        name, reason = classify(source, *said, sent.media_types)
        name = self._standing.with_key(source, name)
        if name == "ok" and (reason := check(reply.body)):
            name = "soft_error"
        if name == "rate":
            lane.slow_down(reply.granted_at)
        elif name in _GOOD:
            lane.speed_up()
        return Outcome(name, reason, reply)

    def _ask(self, source: Source, lane: Lane, sent: Question) -> Reply:
        """One try, through its redirects; each of them has its turn at the limiter."""
        types = sent.media_types
        headers = self._identity.headers(source, types)
        for _ in range(MAX_REDIRECTS + 1):
            with lane.slot(self._pause) as granted_at:
                reply = self._send_if_allowed(source, lane, sent, headers)
            target = redirect_target(
                reply.status, reply.headers, sent.url, is_post=sent.body is not None
            )
            if target is None:
                return replace(reply, granted_at=granted_at)
            if not is_same_origin(target, sent.url):
                headers = self._identity.headers(source, types, with_key=False)
            sent = replace(sent, url=target)
        raise NoReply("server", f"more than {MAX_REDIRECTS} redirects")

    def _send_if_allowed(
        self, source: Source, lane: Lane, sent: Question, headers: Mapping[str, str]
    ) -> Reply:
        """The answer, from which the source's limits are learnt.

        Raises:
            NoReply: none came; or the source is stopped, or its allowance is spent.
        """
        if stop := self._standing.stop_of(source.name):
            why = f"not asked: {stop.reason}"
            raise NoReply(stop.outcome, why, was_sent=False)
        allowance = self.allowance(source)
        try:
            with allowance.spending(sent.cost):
                reply = self._send(sent, headers)
                if is_same_origin(sent.url, self._identity.base_url(source)):
                    lane.learn(reply.headers)
                    allowance.learn(reply.headers)
                    if self._identity.mailto:
                        self._standing.note_pool(source.name, reply.headers)
                return reply
        except AllowanceSpent as err:
            raise NoReply("budget", str(err), was_sent=False) from err

    def _send(self, sent: Question, headers: Mapping[str, str]) -> Reply:
        deadline_s = self._settings.request_deadline_s
        began = time.monotonic()
        session = self._sessions.pop() if self._sessions else _new_session()
        try:
            with _open(session, sent, headers, deadline_s) as response:
                body = read_body(response.raw, self._settings.max_response_bytes)
        except (requests.RequestException, HTTPError, OSError) as err:
            raise NoReply(*trouble(err, deadline_s)) from err
        except UnusableBody as err:
            raise NoReply(err.outcome, str(err)) from err
        finally:
            self._give_back(session)
        lower = {name.lower(): text for name, text in response.headers.items()}
        took_s = time.monotonic() - began
        return Reply(response.status_code, lower, body, sent.url, took_s)

    def _give_back(self, session: requests.Session) -> None:
        if self._is_closed.is_set():
            session.close()
        else:
            self._sessions.append(session)

    def _wait(self, lane: Lane, outcome: Outcome, patience: Patience) -> None:
        """Wait as long as this outcome asks for; GivenUp: it is final."""
        if not outcome.was_sent:
            raise GivenUp("")
        headers = outcome.reply.headers if outcome.reply else {}
        retry_after = headers.get("retry-after")
        try:
            wait_s = patience.wait_after(outcome.name, retry_after)
        except GivenUp as err:
            lane.hold(err.wait_s, outcome.name)
            raise
        if outcome.name == "rate" or retry_after:
            lane.hold(wait_s, outcome.name)  # what it asks of one, it asks of all
        else:
            self._pause(wait_s)

    def _pause(self, seconds: float) -> None:
        if self._is_closed.wait(seconds):
            raise SourceUnavailable("the run was cut short: run again to go on")


class _Adapter(HTTPAdapter):
    """Pooled connections with a deadline; it repeats nothing on its own."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not str(proxy).lower().startswith("socks"):
            manager.pool_classes_by_scheme = POOLS
        return manager


def _new_session() -> requests.Session:
    session = requests.Session()
    session.mount("http://", _Adapter(pool_maxsize=1))
    session.mount("https://", _Adapter(pool_maxsize=1))
    return session


def _open(
    session: requests.Session,
    sent: Question,
    headers: Mapping[str, str],
    deadline_s: float,
) -> requests.Response:
    """The answer, its body not yet read.

    Past the session's own `send`: that adds cookies, puts netrc entries in the place of
    keys, and reads the bodies of redirects whatever their size. Proxies and
    certificates of the environment count.
    """
    more = {} if sent.body is None else {"Content-Type": "application/json"}
    prepared = requests.Request(
        "GET" if sent.body is None else "POST",
        sent.url,
        headers={**headers, **more},
        data=None if sent.body is None else sent.body.encode(),
    ).prepare()
    around = session.merge_environment_settings(
        sent.url, {}, stream=True, verify=None, cert=None
    )
    limit = Timeout(connect=min(CONNECT_TIMEOUT_S, deadline_s), total=deadline_s)
    send = session.get_adapter(sent.url).send
    return send(prepared, timeout=limit, **around)  # type: ignore[arg-type]
