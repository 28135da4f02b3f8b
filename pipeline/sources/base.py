"""What a source is: the contract between a file in this folder and the stages.

A source file holds what is particular to one API and nothing else: its facts, the
requests worth making, the recognition of its own error forms, and how its answers
become records. It never touches the network, a clock, a file or another source.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlencode

from schemas.provenance import AnswerClass, Parsed, RawAnswer, Role


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `requests` in any `per_s` seconds."""

    requests: float
    per_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a source.

    Attributes:
        endpoint: the source file's own name for the call; `parse` is told it.
        path: below the source's base URL, already escaped by the source's rules.
        params: query parameters in order, unescaped; never a key or an address.
        subjects: identifiers asked about: DOIs bare, others as tokens.
        lane: which of the source's limits applies.
        body: JSON text to send, which makes the question a POST; None: a GET.
        media_types: of a usable answer, any of; empty: those of the source.
        chain: request key of the first page; None on the first page itself.
        divide: makes the same question about fewer subjects, for answers that say
            "too large" and for servers that fail on a batch; None: not divisible.
    """

    source: str
    endpoint: str
    role: Role
    path: str
    subjects: tuple[str, ...]
    params: tuple[tuple[str, str], ...] = ()
    lane: str = "list"
    body: str | None = None
    media_types: tuple[str, ...] = ()
    page: int = 1
    chain: str | None = None
    divide: Callable[[tuple[str, ...]], "Request"] | None = field(
        default=None, compare=False
    )

    @property
    def key(self) -> str:
        """The same question has the same key in every run."""
        query = urlencode(self.params)
        target = f"{self.path}?{query}" if query else self.path
        if self.body is None:
            return f"GET {target}"
        return f"POST {target} sha256:{hashlib.sha256(self.body.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A request with what came of it."""

    request: Request
    raw: RawAnswer
    parsed: Parsed

    @property
    def is_ok(self) -> bool:
        """There is a usable body; its items stand in `parsed`."""
        return self.raw.outcome == "ok"

    @property
    def is_not_found(self) -> bool:
        """The source does not have what was asked for; that is not a failure."""
        return self.raw.outcome == "not_found"


Plan: TypeAlias = Generator[Sequence[Request], Sequence[Answer], None]
"""A source's way of asking, in rounds: yields requests that do not depend on each
other and is sent their answers. Answers come in the order of the requests; a request
that had to be divided has several answers in its place. A plan does no I/O."""


@dataclass(frozen=True, slots=True)
class CitedDoi:
    """A cited DOI to ask about.

    Attributes:
        agency: its registration agency; None: not known, ask anyway.
        with_references: whether to ask for a list of what it cites, too.
    """

    doi: str
    agency: str | None = None
    with_references: bool = True


@dataclass(frozen=True, slots=True)
class KnownDoi:
    """A cited DOI that a source was asked about before: has anything moved since?

    Attributes:
        changed_since: a source that tells only what has changed is to tell what has
            changed since this day; None: not known, so everything.
        is_expected: the source had a record of it, so that an answer without one says
            something.
    """

    doi: str
    agency: str | None = None
    changed_since: dt.date | None = None
    is_expected: bool = True


@dataclass(frozen=True, slots=True)
class CitingWork:
    """A citing work found by some source.

    Attributes:
        tokens: identifiers known so far, strongest first.
        described_by: the sources that have described it already.
        agency: registration agency of its DOI; None: not known or no DOI.
    """

    tokens: tuple[str, ...]
    described_by: frozenset[str]
    agency: str | None = None

    @property
    def doi(self) -> str | None:
        """Its DOI, bare; None if it has none."""
        first = self.tokens[0]
        return first.removeprefix("doi:") if first.startswith("doi:") else None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a healthy run looks like; outside of it the run ends with exit code 3.

    Attributes:
        min_known_share: of the cited DOIs that this source should know.
        max_rejected_share: of the records received.
    """

    min_known_share: float
    max_rejected_share: float


@dataclass(frozen=True, slots=True)
class Night:
    """How a source is asked every night, by the thousand.

    Attributes:
        round_nights: after so many nights at most, everything is asked again, whether
            or not something is known to have moved.
        requests: what asking all about one work costs, in requests, by the number of
            citing works; of questions about several works its share of one. What the
            work cites is not in it.
        per_reference: what each work that it cites costs beside, in requests.
        look_up: plan that finds out what has moved; None: only asking tells.
        per_look_up: works in one such question.
        tells_changed_only: an answer leaves out what has not changed.
        finds_new: whether it is also looked up if the source had no record of it.
    """

    round_nights: int
    requests: Callable[[int], float]
    per_reference: float = 0.0
    look_up: Callable[[Sequence[KnownDoi]], Plan] | None = None
    per_look_up: int = 1
    tells_changed_only: bool = False
    finds_new: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One API: its facts, its questions and its answers.

    Attributes:
        checked_on: when its contract was last read.
        limits: by lane; each lane has a limiter of its own.
        concurrency: requests in flight at once.
        required_content: media types of a usable answer, any of.
        key_header: header that carries the API key and its format, such as
            ``("Authorization", "Bearer {}")``; None: the source takes no key.
        needs_key: whether it is off until a key is set.
        refuses_good_keys: whether now and then it calls a good key wrong. Then ``auth``
            of a key that it has taken before in this process means: ask again.
        contact_param: query parameter that carries the contact address, or None.
        service: what it gives, in words, if it describes no works.
        lists_citing: whether it can list the works that cite a DOI. If not, it only
            declares their number.
        requests_for_cited: plan for cited DOIs: what they are, who cites them,
            what they cite.
        requests_for_citing: plan that describes citing works found by any source;
            None: it cannot.
        requests_for_full_text: plan that fetches the open texts of works, by the tokens
            of `WorkRecord.full_text_id`; None: it has none.
        is_last_resort: `requests_for_citing` is asked only about works that no one
            else described.
        recognise: its own error forms: (status, headers, body) to a class, or None
            where the general table in `pipeline.transport.classify` decides.
        parse: an answer's body to records; pure, never raises on bad data.
        anonymous_limits: what `limits` shrink to while no contact address is set; None:
            the same limits for everyone.
        anonymous_concurrency: likewise for `concurrency`.
        night: how it is asked every night; None: whenever its answer is needed.
        credits: what a request with this path costs of a daily allowance, if the
            source has one and says with every answer what is left of it; None: one for
            each request, of a budget that the user sets.
        daily_credits: that allowance without a key and with a free one.
    """

    name: str
    title: str
    docs_url: str
    licence: str
    checked_on: dt.date
    base_url: str
    limits: Mapping[str, Limit]
    concurrency: int
    requests_for_cited: Callable[[Sequence[CitedDoi]], Plan]
    parse: "Parse"
    expect: Expectation
    requests_for_citing: Callable[[Sequence[CitingWork]], Plan] | None = None
    requests_for_full_text: Callable[[Sequence[str]], Plan] | None = None
    is_last_resort: bool = False
    lists_citing: bool = True
    counts_citing: bool = True
    required_content: tuple[str, ...] = ("application/json",)
    key_header: tuple[str, str] | None = None
    needs_key: bool = False
    refuses_good_keys: bool = False
    service: str | None = None
    contact_param: str | None = None
    recognise: "Recognise | None" = None
    anonymous_limits: Mapping[str, Limit] | None = None
    anonymous_concurrency: int | None = None
    night: Night | None = None
    credits: Callable[[str], int] | None = None
    daily_credits: tuple[int, int] | None = None

    def cost(self, path: str) -> int:
        """Credits of a request with this path."""
        return self.credits(path) if self.credits else 1


Parse: TypeAlias = Callable[[bytes, "ParseContext"], Parsed]
Recognise: TypeAlias = Callable[[int, Mapping[str, str], bytes], AnswerClass | None]


@dataclass(frozen=True, slots=True)
class ParseContext:
    """What is known of an answer besides its body.

    Attributes:
        endpoint: None when the body stands alone (a file, a dump): the parser then
            tells the kind from the body.
        subjects: what was asked for; empty when the body stands alone.
    """

    endpoint: str | None = None
    subjects: tuple[str, ...] = ()
