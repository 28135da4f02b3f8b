"""A source's allowance: what may still be spent, by the user's budget and by its word.

OpenAlex says with every answer how many credits the day has left. A request that would
cost more is not sent: the refusal is known beforehand. What is under way counts as
spent, and before the first answer has told what is left, one request goes alone.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from pipeline.settings import Settings
from pipeline.sources.base import Source

_REMAINING: Final = "x-ratelimit-remaining"


class AllowanceSpent(Exception):
    """There is not enough left for a request; says what there was."""


class Allowance:
    """What one source may be asked in a run; thread safe.

    Args:
        budget: credits that the run may spend, by the user's setting; None: no limit
            of his own.
        tells: whether the source says how much is left.
    """

    def __init__(self, budget: int | None, *, tells: bool) -> None:
        self._budget = budget
        self._tells = tells
        self._spent = 0
        self._under_way = 0
        self._told: int | None = None
        self._changed = threading.Condition()

    @property
    def spent(self) -> int:
        """Credits of all requests that were sent."""
        with self._changed:
            return self._spent

    @contextmanager
    def spending(self, cost: int) -> Iterator[None]:
        """Room for a request of that cost; waits while it is not known whether any is.

        Raises:
            AllowanceSpent: there is no room.
        """
        if not cost:
            yield
            return
        with self._changed:
            self._changed.wait_for(self._is_known)
            self._take(cost)
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= cost
                self._changed.notify_all()

    def spend_before(self, credits_spent: int) -> None:
        """Count what an interrupted part of the same run has spent."""
        with self._changed:
            self._spent += credits_spent

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take over what an answer says is left; names in lower case.

        Answers overtake each other, so the least that was told counts. A server that
        does not say it, such as a mirror, is not waited for.
        """
        text = headers.get(_REMAINING, "")
        with self._changed:
            if not self._tells:
                return
            if text.isascii() and text.isdigit():
                left = int(text)
                self._told = left if self._told is None else min(self._told, left)
            elif self._told is None:
                self._tells = False
            self._changed.notify_all()

    def _is_known(self) -> bool:
        return not self._tells or self._told is not None or not self._under_way

    def _take(self, cost: int) -> None:
        if self._budget is not None and self._spent + cost > self._budget:
            raise AllowanceSpent(
                f"its budget for a run, {self._budget:,} credits, is spent"
            )
        if self._told is not None and self._under_way + cost > self._told:
            raise AllowanceSpent(f"of its allowance for the day {self._told:,} is left")
        self._spent += cost
        self._under_way += cost


class Allowances:
    """The allowance of each source in a run; thread safe.

    Args:
        settings: the budgets.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._of: dict[str, Allowance] = {}
        self._lock = threading.Lock()

    def of(self, source: Source) -> Allowance:
        """That of one source."""
        with self._lock:
            if source.name not in self._of:
                budget = self._settings.of(source.name).budget
                tells = source.credits is not None
                self._of[source.name] = Allowance(budget, tells=tells)
            return self._of[source.name]
