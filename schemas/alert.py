"""Alerts: who wants to know what, what is said, and whether it was sent."""

from typing import Final, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.identifiers import Doi

AlertEvent = Literal["citing", "contrasting", "retraction"]
"""What may be told: new citing works; new statements that contrast; retractions, of the
work or of what cites it."""

EVENTS: Final[tuple[AlertEvent, ...]] = ("citing", "contrasting", "retraction")

ATOM: Final = "atom"
"""The target of a subscription that is a feed file in the home."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Subscription(_Frozen):
    """Who wants to know what of which cited works.

    Attributes:
        name: of letters, digits, - and _.
        target: ``atom``, or a URL of Apprise: a secret.
        on: the events.
        tag: watched works with it; None: see `dois`.
        dois: these works; none, and no tag: every cited work.
        added_at: what was published before is not told.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")
    target: str = Field(min_length=1)
    on: tuple[AlertEvent, ...] = EVENTS
    tag: str | None = None
    dois: tuple[Doi, ...] = ()
    added_at: AwareDatetime


class News(NamedTuple):
    """One event that somebody may want to know of.

    Attributes:
        name: DOI of the work that it happened to, or another identifier; of a
            statement that of the citing work.
        is_citing: that work cites the cited one; else it is the cited one.
        source: who says so.
        text: the sentence of a statement; None: it is about none.
    """

    change_id: str
    event: AlertEvent
    cited_doi: str | None
    cited_title: str | None
    name: str
    title: str | None
    is_citing: bool
    source: str | None
    text: str | None


class AlertMessage(_Frozen):
    """What is said to one subscription about one publication.

    Attributes:
        message_id: the same however often the message is made.
    """

    message_id: str
    publication_no: int
    subscription: str
    change_ids: tuple[str, ...]
    title: str
    body: str
    made_at: AwareDatetime


class Delivery(_Frozen):
    """A line of ``alerts-sent.jsonl``.

    Attributes:
        state: ``sending`` before, then ``sent`` or ``failed``.
        why: of a failure, without secrets.
    """

    message_id: str
    state: Literal["sending", "sent", "failed"]
    at: AwareDatetime
    why: str | None = None


class OutboxEntry(_Frozen):
    """A message with what has become of it.

    Attributes:
        state: ``waiting``, ``sent``, ``given up``, or ``no such subscription``.
        attempt_count: how often it was tried.
        why: of the last failure.
    """

    message: AlertMessage
    state: Literal["waiting", "sent", "given up", "no such subscription"]
    attempt_count: int
    why: str | None = None


class AlertReport(_Frozen):
    """What one sending did.

    Attributes:
        problems: a sentence each.
    """

    sent_count: int = 0
    waiting_count: int = 0
    problems: tuple[str, ...] = ()
