"""What the APIs allow, counted exactly: sliding windows, requests at once, a log."""

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Final

_LONGEST_LOG: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most `requests` in any `per_s` seconds, `at_once` at a time (None: any)."""

    requests: int
    per_s: float = 1.0
    at_once: int | None = None

    @classmethod
    def of_rate(cls, per_second: float, at_once: int | None = None) -> "Allowance":
        """The allowance of a rate, also of one below or between whole numbers."""
        requests = max(1, int(per_second))
        return cls(requests, requests / per_second, at_once)


@dataclass(slots=True)
class Seen:
    """One request as the simulator saw it.

    Attributes:
        target: path and query below the API's prefix, as sent.
        at: seconds on the monotonic clock.
        status: None while it is under way, and where no answer was sent.
        is_refused: turned down for its rate.
        at_once: requests under way at this API when it came, itself among them.
        fault: the fault that struck, if any.
    """

    api: str
    lane: str
    method: str
    target: str
    at: float
    at_once: int
    user_agent: str
    status: int | None = None
    is_refused: bool = False
    fault: str | None = None


class Meter:
    """Counts requests by API and lane; safe to read from other threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._windows: dict[tuple[str, str], deque[float]] = {}
        self._under_way: dict[str, int] = {}
        self._seen: deque[Seen] = deque(maxlen=_LONGEST_LOG)

    def arrive(
        self, api: str, lane: str, method: str, target: str, user_agent: str
    ) -> Seen:
        """Notes a request; `leave` must be called with it."""
        with self._lock:
            self._under_way[api] = self._under_way.get(api, 0) + 1
            seen = Seen(
                api,
                lane,
                method,
                target,
                at=time.monotonic(),
                at_once=self._under_way[api],
                user_agent=user_agent,
            )
            self._seen.append(seen)
            return seen

    def leave(self, seen: Seen) -> None:
        """Notes that a request is over."""
        with self._lock:
            self._under_way[seen.api] -= 1

    def wait_s(self, seen: Seen, allowance: Allowance) -> float:
        """Seconds until there is room; 0: there is, and the request has taken it.

        Refused requests take no room.
        """
        with self._lock:
            window = self._windows.setdefault((seen.api, seen.lane), deque())
            while window and window[0] <= seen.at - allowance.per_s:
                window.popleft()
            if len(window) >= allowance.requests:
                seen.is_refused = True
                return window[-allowance.requests] + allowance.per_s - seen.at
            window.append(seen.at)
            return 0.0

    @property
    def requests(self) -> list[Seen]:
        """Every request so far, in order of arrival."""
        with self._lock:
            return list(self._seen)

    def count(self, api: str | None = None, lane: str | None = None) -> int:
        """Requests to an API, or to one lane of it."""
        return len(self._of(api, lane))

    def refused(self, api: str | None = None) -> int:
        """Requests turned down for their rate: 0 for a well-behaved client."""
        return sum(seen.is_refused for seen in self._of(api, None))

    def highest_rate(
        self, api: str, lane: str | None = None, per_s: float = 1.0
    ) -> int:
        """Most requests that came within any `per_s` seconds."""
        window: deque[float] = deque()
        highest = 0
        for seen in self._of(api, lane):
            window.append(seen.at)
            while window[0] <= seen.at - per_s:
                window.popleft()
            highest = max(highest, len(window))
        return highest

    def highest_concurrency(self, api: str) -> int:
        """Most requests that were under way at once."""
        return max((seen.at_once for seen in self._of(api, None)), default=0)

    def _of(self, api: str | None, lane: str | None) -> list[Seen]:
        return [
            seen
            for seen in self.requests
            if api in (None, seen.api) and lane in (None, seen.lane)
        ]
