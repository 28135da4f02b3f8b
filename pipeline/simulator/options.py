"""What a simulator may be told besides its world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Api = Literal[
    "crossref",
    "datacite",
    "doiorg",
    "europepmc",
    "ncbi",
    "openalex",
    "opencitations",
    "semanticscholar",
]

APIS: Final[tuple[Api, ...]] = get_args(Api)

FaultKind = Literal[
    "auth",
    "block",
    "budget",
    "drip",
    "empty_body",
    "empty_list",
    "html",
    "lost_page",
    "lost_row",
    "plan",
    "rate",
    "repeated_page",
    "repeated_row",
    "reset",
    "server_error",
    "short_page",
    "shrink",
    "soft_error",
    "truncate",
]
"""How a request goes wrong.

    server_error    `status`, in the API's own form
    reset           the connection closes without an answer
    rate, budget, plan, auth, block   refused, as if for that reason
    truncate        half of the promised body, then the connection closes
    drip            the body in small pieces, `seconds` apart
    empty_body      200 and nothing
    html            200 and a web page
    soft_error      200 and an error inside
    empty_list      200 and a list with nothing in it
    short_page      half of the rows and no next cursor, as after a search that ran
                    out of time
    lost_row        the page without its middle row
    repeated_row    the page's first row again in place of its last
    lost_page       the page that follows, if any, in place of the one asked for
    repeated_page   the first page again in place of a later one, cursor and all
    shrink          later pages declare one row less than there are
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and when it strikes: on every n-th matching request, so many times.

    Attributes:
        api: only there; None: anywhere.
        contains: only where the unescaped target contains this text.
        times: strikes at most so often; None: for ever.
        status: of a server_error.
        seconds: between the pieces of a drip.
    """

    kind: FaultKind
    api: Api | None = None
    contains: str = ""
    every: int = 1
    times: int | None = None
    status: int = 503
    seconds: float = 0.05


@dataclass(frozen=True)
class Options:
    """How the APIs behave.

    Attributes:
        latency_ms: between a request's arrival and its answer.
        requests_per_second: for every API and lane, or by API; None or an API left
            out: the real figure of that API. It is what the headers announce, too.
        concurrency: requests that Crossref takes at once; None: the real figure.
        budget_credits: OpenAlex credits a day; None: 1,000, or 10,000 with a key.
        openalex_keys: keys that OpenAlex accepts; any other key is refused.
        paid_keys: those of them whose plan includes `from_updated_date`.
        opencitations_tokens: tokens that OpenCitations accepts.
        semanticscholar_keys: keys that Semantic Scholar accepts; any other is refused.
        faults: checked in order; the first that strikes decides.
    """

    latency_ms: float = 0.0
    requests_per_second: float | Mapping[str, float] | None = None
    concurrency: int | None = None
    budget_credits: int | None = None
    openalex_keys: frozenset[str] = frozenset({"invented-key"})
    paid_keys: frozenset[str] = frozenset({"invented-paid-key"})
    opencitations_tokens: frozenset[str] = frozenset({"invented-token"})
    semanticscholar_keys: frozenset[str] = frozenset({"invented-key"})
    faults: tuple[Fault, ...] = field(default=())

    def rate(self, api: str) -> float | None:
        """Requests a second set for an API; None: its real figure holds."""
        if isinstance(self.requests_per_second, Mapping):
            return self.requests_per_second.get(api)
        return self.requests_per_second


FAST: Final = Options(requests_per_second=200.0, concurrency=16, budget_credits=10_000)
"""For demonstrations and most tests: limits that hold, but out of the way."""
