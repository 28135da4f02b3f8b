"""How fast a source may be asked: one lane per limit, shared by the whole process.

Requests are paced evenly, never in bursts. A server may count in any window: after an
even stream no window of the limit's length can hold more than the limit, while a burst
that was just allowed by our count is one too many by a count that began a moment later.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from math import ceil
from typing import Final

from pyrate_limiter import Rate, RateItem, StateBucket

from pipeline.sources.base import Limit
from schemas.provenance import AnswerClass

PACING_SHARE: Final = 0.90
"""Of the allowed rate that is used. n + 1 requests then span 1/0.90 windows, so that
one may reach the server up to 11 % of a window late (111 ms at n/s) before n + 1 fall
into one window; 10 % of speed is the price."""

MAX_WAIT_S: Final = 120.0
"""The longest pause that a source may ask for. A longer one (OpenAlex: until midnight)
would hold a worker for hours; the request fails instead and a later run asks again."""

SLOWEST_SHARE: Final = 1 / 32
"""Answers of "too fast" halve the rate, but not below this: a source that finds even
that too fast will not be appeased by waiting."""

RECOVER_AFTER: Final = 20
"""Good answers in a row before a slowed lane gets a quarter of its rate back: slow
enough that a server which still counts too fast is met once in a while, not at once."""

_LOOK_AGAIN_S: Final = 1.0  # while waiting: the lane may have been held meanwhile

_INTERVAL: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?\Z", re.ASCII)
_UNITS_S: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}

Pause = Callable[[float], None]


class LaneBlocked(Exception):
    """The source has asked for a longer pause than is worth waiting for.

    Attributes:
        wait_s: how long it would be from now.
        outcome: the class of the answer that asked for it.
    """

    def __init__(self, wait_s: float, outcome: AnswerClass) -> None:
        super().__init__(f"not asked: it wants no request for {wait_s:.0f} s")
        self.wait_s = wait_s
        self.outcome = outcome


class Gate:
    """At most `size` inside at once; the size may change while some are inside."""

    def __init__(self, size: int | None) -> None:
        self._size = size
        self._inside = 0
        self._changed = threading.Condition()

    def enter(self) -> None:
        """Wait for room and take it."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._size is None or self._inside < self._size
            )
            self._inside += 1

    def leave(self) -> None:
        """Give the room back."""
        with self._changed:
            self._inside -= 1
            self._changed.notify()

    def resize(self, size: int) -> None:
        """From now on admit this many."""
        with self._changed:
            self._size = size
            self._changed.notify_all()


class Lane:
    """One limit of one source.

    Args:
        limit: what the source file says; headers may correct it.
        gate: caps the requests in flight over all lanes of the source.
    """

    def __init__(self, limit: Limit, gate: Gate) -> None:
        self._source_gate = gate
        self._own_gate = Gate(None)
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._allowed = limit.requests / limit.per_s
        self._ceiling: float | None = None
        self._share = 1.0
        self._good_in_a_row = 0
        self._last_grant = 0.0
        self._slowed_at = 0.0
        self._not_before = 0.0
        self._held_as: AnswerClass = "rate"
        self._bucket = _bucket(self._spacing_s())

    @property
    def requests_per_s(self) -> float:
        """The rate at which this lane runs now."""
        with self._state:
            return 1 / self._spacing_s()

    @contextmanager
    def slot(self, pause: Pause = time.sleep) -> Iterator[float]:
        """Room for one request; waits for its turn and gives its time (monotonic).

        Args:
            pause: sleeps for so many seconds; may raise to give up the turn.

        Raises:
            LaneBlocked: the source wants a pause longer than `MAX_WAIT_S`.
        """
        granted_at = self._acquire(pause)
        try:
            yield granted_at
        finally:
            self._leave()

    def keep_below(self, requests_per_s: float | None) -> None:
        """A ceiling of the user's own; None: none."""
        with self._state:
            self._ceiling = requests_per_s
            self._repace()

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take over the limits that an answer states; names in lower case.

        A number of requests counts only with its interval beside it: alone it may be
        a day's allowance (OpenAlex) or anything else.

        Source: https://www.crossref.org/documentation/retrieve-metadata/rest-api/
        access-and-authentication/ (2026-11): x-rate-limit-limit, x-rate-limit-interval.
        """
        count = _positive(headers.get("x-rate-limit-limit", ""))
        interval_s = _seconds(headers.get("x-rate-limit-interval", ""))
        if count and interval_s:
            with self._state:
                if count / interval_s != self._allowed:
                    self._allowed = count / interval_s
                    self._repace()
        at_once = _positive(headers.get("x-concurrency-limit", ""))
        if at_once:
            self._own_gate.resize(max(1, int(at_once)))

    def hold(self, wait_s: float, outcome: AnswerClass = "rate") -> None:
        """No request of this lane before so many seconds have passed.

        Args:
            wait_s: from now; a hold that ends later stays.
            outcome: the class of the answer that asked for the pause.
        """
        until = time.monotonic() + wait_s
        with self._state:
            if until > self._not_before:
                self._not_before = until
                self._held_as = outcome

    def slow_down(self, granted_at: float) -> None:
        """Halve the rate after an answer of "too fast".

        Requests that were under way when the lane was slowed tell nothing new, so they
        do not slow it again.
        """
        with self._state:
            self._good_in_a_row = 0
            if granted_at < self._slowed_at:
                return
            self._slowed_at = time.monotonic()
            self._share = max(SLOWEST_SHARE, self._share / 2)
            self._repace()

    def speed_up(self) -> None:
        """Count a good answer; a slowed lane regains its rate step by step."""
        with self._state:
            if self._share >= 1.0:
                return
            self._good_in_a_row += 1
            if self._good_in_a_row >= RECOVER_AFTER:
                self._good_in_a_row = 0
                self._share = min(1.0, self._share * 1.25)
                self._repace()

    def _acquire(self, pause: Pause) -> float:
        # One thread at a time waits for the clock, the others for their turn: no herd
        # wakes up, and nobody holds a place at the gate while the clock runs.
        with self._turn:
            while True:
                wait_s = self._held_for()
                if wait_s <= 0:
                    self._own_gate.enter()
                    self._source_gate.enter()
                    wait_s = self._take()
                    if wait_s <= 0:
                        return self._last_grant
                    self._leave()
                pause(min(wait_s, _LOOK_AGAIN_S))

    def _leave(self) -> None:
        self._source_gate.leave()
        self._own_gate.leave()

    def _held_for(self) -> float:
        with self._state:
            wait_s = self._not_before - time.monotonic()
        if wait_s > MAX_WAIT_S:
            raise LaneBlocked(wait_s, self._held_as)
        return wait_s

    def _take(self) -> float:
        """Seconds still to wait; 0: granted."""
        with self._state:
            now = time.monotonic()
            if now < self._not_before:
                return self._not_before - now
            item = RateItem("", int(now * 1000))
            if self._bucket.put(item):
                self._last_grant = now
                return 0.0
            wait_ms = self._bucket.waiting(item)
        return max(1, int(wait_ms)) / 1000  # type: ignore[arg-type]  # sync bucket

    def _spacing_s(self) -> float:
        rate = self._allowed
        if self._ceiling is not None:
            rate = min(rate, self._ceiling)
        return 1 / (rate * self._share * PACING_SHARE)

    def _repace(self) -> None:
        spacing_s = self._spacing_s()
        self._bucket = _bucket(spacing_s)
        self._not_before = max(self._not_before, self._last_grant + spacing_s)


class Lanes:
    """Every lane of a process, by the address that is asked and the lane's name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lanes: dict[tuple[str, str], Lane] = {}
        self._gates: dict[str, Gate] = {}

    def lane(self, base_url: str, name: str, limit: Limit, concurrency: int) -> Lane:
        """The lane of that name; made on first use, the same one ever after."""
        with self._lock:
            gate = self._gates.setdefault(base_url, Gate(concurrency))
            key = (base_url, name)
            if key not in self._lanes:
                self._lanes[key] = Lane(limit, gate)
            return self._lanes[key]


@cache
def lanes_of_this_process() -> Lanes:
    """The lanes that all clients of this process share."""
    return Lanes()


def _bucket(spacing_s: float) -> StateBucket:
    # The library counts whole units in whole milliseconds; 1,000 units in as many
    # milliseconds as the spacing has microseconds keep its microseconds.
    return StateBucket([Rate(1000, max(1, ceil(spacing_s * 1_000_000)), burst=1)])


def _positive(text: str) -> float | None:
    matched = _INTERVAL.match(text.strip())
    value = float(matched.group(1)) if matched and not matched.group(2) else 0.0
    return value or None


def _seconds(text: str) -> float | None:
    matched = _INTERVAL.match(text.strip())
    if not matched:
        return None
    return float(matched.group(1)) * _UNITS_S[matched.group(2) or "s"] or None
