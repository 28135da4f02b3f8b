"""What stands before OpenAlex: keys, plans, prices, the day's budget, the URL's length.

Source: OpenAlex's documentation and gateway code, read in 2026.
"""

import datetime as dt
import math
import re
from typing import Any, Final

from pipeline.simulator.limits import Allowance
from pipeline.simulator.options import Options
from pipeline.simulator.reply import Call, Refusal, Reply

LONGEST_REQUEST_LINE: Final = 8190

_SINGLE: Final = re.compile(
    r"^/works/(W\d+|(doi|pmid|pmcid|mag|openalex):.+)$", re.IGNORECASE
)
_PAID_FILTERS: Final = ("from_updated_date", "from_created_date")
_LIST_PRICE: Final = 1
_SEARCH_PRICE: Final = 10
_BUDGET_WITHOUT_KEY: Final = 1_000
_BUDGET_WITH_KEY: Final = 10_000
_RATE_WITHOUT_KEY: Final = 10.0
_RATE_WITH_KEY: Final = 30.0
_DOLLARS_A_CREDIT: Final = 0.0001


def lane(call: Call) -> str:  # noqa: ARG001 - one lane for everything
    """Single look-ups and lists share one limit."""
    return "all"


def allowance(call: Call, options: Options) -> Allowance:
    """Ten a second without a key, thirty with one."""
    real = _RATE_WITH_KEY if key_of(call) else _RATE_WITHOUT_KEY
    return Allowance.of_rate(options.rate("openalex") or real)


def key_of(call: Call) -> str | None:
    """The API key that the request carries, in a header or in the URL."""
    bearer = call.headers.get("authorization", "").removeprefix("Bearer ")
    return bearer or call.headers.get("api_key") or call.params.get("api_key") or None


def price(call: Call) -> int:
    """Credits: a single look-up with its scheme in front is free, a list costs one."""
    if call.path == "/rate-limit" or _SINGLE.match(call.path):
        return 0
    is_search = "search" in call.params or ".search:" in call.params.get("filter", "")
    return _SEARCH_PRICE if is_search else _LIST_PRICE


class Budget:
    """The day's credits: one account for requests with a key, one for those without."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._used: dict[bool, int] = {}

    def renew(self) -> None:
        """A new day: nothing is used."""
        self._used.clear()

    def remaining(self, call: Call) -> int:
        """Credits left today."""
        return self.limit(call) - self._used.get(bool(key_of(call)), 0)

    def limit(self, call: Call) -> int:
        """Credits a day."""
        if self._options.budget_credits is not None:
            return self._options.budget_credits
        return _BUDGET_WITH_KEY if key_of(call) else _BUDGET_WITHOUT_KEY

    def spend(self, call: Call) -> None:
        """Takes the price of a request.

        Raises:
            Refusal: there is not enough left; free requests always pass.
        """
        if self.remaining(call) < price(call):
            raise Refusal(over_budget(call))
        account = bool(key_of(call))
        self._used[account] = self._used.get(account, 0) + price(call)

    def headers(self, call: Call, *, is_spent: bool = False) -> dict[str, str]:
        """The headers of every answer; `is_spent` shows an empty account."""
        remaining = 0 if is_spent else max(0, self.remaining(call))
        cost = price(call)
        return {
            "X-RateLimit-Limit": str(self.limit(call)),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Credits-Used": str(self.limit(call) - remaining),
            "X-RateLimit-Credits-Required": str(cost),
            "X-RateLimit-Reset": str(seconds_to_midnight()),
            "X-RateLimit-Limit-USD": _dollars(self.limit(call)),
            "X-RateLimit-Remaining-USD": _dollars(remaining),
            "X-RateLimit-Onetime-Remaining": "0",
        }


def check(call: Call, options: Options) -> None:
    """Everything that is refused before rate and budget are looked at.

    Raises:
        Refusal: with the answer that the gateway gives.
    """
    key = key_of(call)
    if key and key not in options.openalex_keys | options.paid_keys:
        raise Refusal(bad_key())
    line = len(f"{call.method} {call.target} HTTP/1.1")
    if line > LONGEST_REQUEST_LINE:
        raise Refusal(_too_long(line))
    asked = call.params.get("filter", "") + "," + call.params.get("sort", "")
    if any(name in asked for name in _PAID_FILTERS) and key not in options.paid_keys:
        raise Refusal(needs_plan())


def bad_key() -> Reply:
    """A key that nobody issued: refused, though no key at all would do."""
    return Reply(
        401,
        {
            "error": "Invalid or missing API key",
            "message": "The API key is not valid. See openalex.org/settings/api.",
        },
    )


def needs_plan() -> Reply:
    """A filter that is not in the plan: status 429, but nothing to wait for."""
    return Reply(
        429,
        {
            "error": "Plan upgrade required",
            "message": "from_updated_date and from_created_date need a paid plan.",
        },
    )


def too_fast(call: Call, wait_s: float) -> Reply:
    """Too many requests in this second."""
    return _over(
        call,
        wait_s,
        "Rate limit exceeded",
        "You have made too many requests per second. Slow down and try again.",
    )


def over_budget(call: Call) -> Reply:
    """The day's credits are gone; the wait is until midnight UTC."""
    return _over(
        call,
        float(seconds_to_midnight()),
        "Rate limit exceeded",
        "Insufficient budget: this request costs more than you have left today.",
    )


def seconds_to_midnight() -> int:
    """Whole seconds until the next day begins in UTC."""
    now = dt.datetime.now(dt.UTC)
    midnight = (now + dt.timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return math.ceil((midnight - now).total_seconds())


def _over(call: Call, wait_s: float, error: str, message: str) -> Reply:
    body: dict[str, Any] = {
        "error": error,
        "message": message,
        "retryAfter": round(wait_s, 3),
        "costUsd": price(call) * _DOLLARS_A_CREDIT,
        "creditsRequired": price(call),
    }
    return Reply(429, body, headers={"Retry-After": str(max(1, math.ceil(wait_s)))})


def _too_long(length: int) -> Reply:
    body = {
        "error": "Request URL too long",
        "message": f"The request line has {length} bytes; at most "
        f"{LONGEST_REQUEST_LINE} are accepted.",
        "error_source": "openalex-api-proxy",
    }
    return Reply(400, body, headers={"x-openalex-edge-reject": "url_too_long"})


def _dollars(credits_left: int) -> str:
    return f"{credits_left * _DOLLARS_A_CREDIT:.4f}"
