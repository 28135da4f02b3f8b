"""What one try came to, and how it becomes a row of the archive."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from pipeline.sources.base import Request, Source
from pipeline.transport.redact import Redactor
from schemas.provenance import AnswerClass, RawAnswer

_KEPT_HEADERS: Final = frozenset(
    {
        "content-type",
        "date",
        "etag",
        "last-modified",
        "retry-after",
        "x-api-pool",
        "x-concurrency-limit",
    }
)
_KEPT_PREFIXES: Final = ("x-rate-limit-", "x-ratelimit-")


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent: a GET, or a POST of JSON.

    Attributes:
        cost: of an allowance.
        media_types: of a usable answer; empty: those of the source.
    """

    url: str
    body: str | None = None
    cost: int = 1
    media_types: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: Source, request: Request, url: str) -> Self:
        """What is sent of a request."""
        return cls(url, request.body, source.cost(request.path), request.media_types)


class NoReply(Exception):
    """A try that brought no whole answer, or that was not made any more."""

    def __init__(
        self, outcome: AnswerClass, reason: str, *, was_sent: bool = True
    ) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.was_sent = was_sent


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole HTTP answer.

    Attributes:
        headers: names in lower case.
        body: decompressed.
        url: the one that answered, after redirects, as it was sent.
        elapsed_s: from its request sent to its last byte read.
        granted_at: when the limiter let its question go (monotonic).
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    elapsed_s: float
    granted_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The class of one try.

    Attributes:
        reason: why there is no usable body; None if there is one.
        reply: None when no whole answer came.
        was_sent: False when the question was held back.
        tries: sent so far for this question.
    """

    name: AnswerClass
    reason: str | None
    reply: Reply | None = None
    was_sent: bool = True
    tries: int = 0

    def because(self, more: str) -> Self:
        """The same with more to the reason."""
        reason = ", ".join(part for part in (self.reason, more) if part)
        return replace(self, reason=reason or None)


def raw_answer(
    request: Request,
    run_id: str,
    outcome: Outcome,
    *,
    fetched_at: datetime,
    url: str,
    redactor: Redactor,
) -> RawAnswer:
    """The archive's row.

    Secrets are taken out before the body is hashed, so that the hash is that of what
    is kept.

    Args:
        request: the question.
        run_id: of the run that asked.
        outcome: of the last try.
        fetched_at: when the last try was over.
        url: the address of the question, where there is no reply to take it from.
        redactor: knows our secrets.
    """
    reply = outcome.reply
    body = redactor.body(reply.body) if reply else b""
    return RawAnswer(
        run_id=run_id,
        source=request.source,
        endpoint=request.endpoint,
        role=request.role,
        request_key=request.key,
        chain=request.chain or request.key,
        page=request.page,
        subjects=request.subjects,
        status=reply.status if reply else None,
        outcome=outcome.name,
        url=redactor.url(reply.url if reply else url),
        headers=redactor.headers(_kept(reply.headers)) if reply else {},
        fetched_at=fetched_at,
        elapsed_s=round(reply.elapsed_s, 6) if reply else 0.0,
        attempts=outcome.tries,
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
        error=redactor.text(outcome.reason) if outcome.reason else None,
    )


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: text
        for name, text in sorted(headers.items())
        if name in _KEPT_HEADERS or name.startswith(_KEPT_PREFIXES)
    }
