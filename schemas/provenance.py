"""Where each thing comes from: raw answers, rejects, and what became of an answer."""

from datetime import datetime
from typing import Final, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from schemas.citation import CitationRecord
from schemas.full_text import FullTextRecord
from schemas.night import NightPlan
from schemas.work import WorkRecord

AnswerClass = Literal[
    "ok",
    "soft_error",
    "not_found",
    "rate",
    "budget",
    "plan",
    "auth",
    "client",
    "server",
    "block",
]
"""What an answer means for what happens next; every answer falls into exactly one.

    ok          use it
    soft_error  a success on the outside, an error or half an answer inside
    not_found   this source does not have it: absent, not a failure
    rate        too fast: wait, slow down, ask again
    budget      the day's allowance is spent: stop this source for this run
    plan        the plan does not include this call: a settings error, never retried
    auth        the key or token is wrong: stop this source
    client      the question is wrong or too large: divide it, then set the item aside
    server      the source is ill or unreachable: back off, ask again
    block       the source has shut us out: stop this source
"""

STOPPING: Final[frozenset[AnswerClass]] = frozenset({"budget", "plan", "auth", "block"})
"""Classes after which a source is not asked again in this run."""

Role = Literal[
    "work",
    "citing",
    "references",
    "count",
    "agency",
    "identifiers",
    "look_up",
    "full_text",
]
"""What a request is for: to describe works; to list what cites them; to list what they
cite; to count what cites them; to learn a prefix's registration agency; to learn what
else a work is called; to see whether anything has moved since the last time; to read
a citing work."""

Source = Literal[
    "crossref",
    "datacite",
    "europepmc",
    "openalex",
    "semanticscholar",
    "opencitations",
    "doiorg",
    "ncbi",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RawAnswer(_Frozen):
    """One answer of one source, as it came: a row of the archive.

    Attributes:
        run_id: the run that asked; sorts by time.
        endpoint: the source's own name of the call, such as ``citing``.
        request_key: method, path and parameters, without key or contact address;
            the same question has the same key in every run.
        subjects: the identifiers asked about, DOIs bare, others as tokens.
        page: position in its chain of pages, from 1.
        chain: request key of page 1, shared by all pages of one list.
        status: HTTP status; None when no answer came or none was asked for.
        url: the final URL, redacted.
        headers: response headers that matter, names in lower case.
        sha256: of `body`, hex.
        error: why there is no usable body; None when there is one.
    """

    run_id: str
    source: str
    endpoint: str
    role: Role
    request_key: str
    chain: str
    page: int = 1
    subjects: tuple[str, ...]
    status: int | None
    outcome: AnswerClass
    url: str
    headers: dict[str, str] = Field(default_factory=dict)
    fetched_at: AwareDatetime
    elapsed_s: float
    attempts: int
    sha256: str
    body: bytes
    error: str | None = None


class RecordError(_Frozen):
    """One thing wrong with one record."""

    field: str
    message: str
    value: str


class Reject(_Frozen):
    """A record that was received and could not be used; never a log line.

    Attributes:
        index: position in the answer, from 0.
        errors: all of them, not just the first.
    """

    index: int
    errors: tuple[RecordError, ...] = Field(min_length=1)


class Absent(_Frozen):
    """A received item that says there is nothing.

    A 404, or a citing record no identifier of which is known.

    Attributes:
        index: position in the answer, from 0.
        subject: what was asked for, or what the source calls the item.
        cause: ``not found``, ``no identifier``.
    """

    index: int
    subject: str
    cause: str


class AgencyRecord(_Frozen):
    """The registration agency of a DOI prefix; None: no such prefix."""

    index: int = 0
    prefix: str
    agency: str | None


class IdentifierRecord(_Frozen):
    """Identifiers that a source says are of one work; it describes nothing else.

    Attributes:
        record_key: what the source calls the record, ``pmcid:PMC1``.
        tokens: strongest first.
    """

    index: int = 0
    record_key: str
    tokens: tuple[str, ...] = Field(min_length=1)


class CountRecord(_Frozen):
    """A number of citations that a source declares for a DOI it was asked about."""

    index: int = 0
    declared_count: int = Field(ge=0)


class LookUpRecord(_Frozen):
    """What tells whether a source has anything new on a work; it describes nothing.

    Attributes:
        record_key: what the source calls the record of the work.
        doi: the DOI asked about that it answers, bare; None: none of them.
        declared_count: works that cite it, as the source counts; None: it does not say.
        changed_at: when the source last changed the record, in the source's own
            notation: compared, never computed with; None: it does not say.
    """

    index: int = 0
    record_key: str
    doi: str | None
    declared_count: int | None = Field(default=None, ge=0)
    changed_at: str | None = None


class Parsed(_Frozen):
    """What became of one answer: each received item stands in exactly one list.

    Attributes:
        kind: what the answer was, in the source's words (``work``, ``works``,
            ``citations``); ``error`` for an error body; None for a kind that the source
            file does not handle, which then has no items.
        received: items in the answer.
        declared_total: how many items the source says the whole list has.
        next_cursor: where the next page begins, as the source gave it.
        soft_error: why the answer must not be taken as it stands; None if it may.
    """

    kind: str | None
    received: int = 0
    works: tuple[WorkRecord, ...] = ()
    citations: tuple[CitationRecord, ...] = ()
    agencies: tuple[AgencyRecord, ...] = ()
    counts: tuple[CountRecord, ...] = ()
    identifiers: tuple[IdentifierRecord, ...] = ()
    look_ups: tuple[LookUpRecord, ...] = ()
    full_texts: tuple[FullTextRecord, ...] = ()
    rejects: tuple[Reject, ...] = ()
    absent: tuple[Absent, ...] = ()
    declared_total: int | None = None
    next_cursor: str | None = None
    soft_error: str | None = None

    @property
    def parsed_count(self) -> int:
        """Items that became a record."""
        return (
            len(self.works)
            + len(self.citations)
            + len(self.agencies)
            + len(self.counts)
            + len(self.identifiers)
            + len(self.look_ups)
            + len(self.full_texts)
        )

    @model_validator(mode="after")
    def _nothing_vanishes(self) -> Self:
        accounted = self.parsed_count + len(self.rejects) + len(self.absent)
        if accounted != self.received:
            raise ValueError(
                f"{self.kind}: received {self.received}, accounted for {accounted}"
            )
        return self


RunCommand = Literal["refresh", "nightly", "backfill"]
"""What begins a run; one by hand for works that are known is a back-fill."""


class RunManifest(_Frozen):
    """What a run was asked to do; kept in the archive, so that it can be rebuilt.

    Attributes:
        dois: the cited DOIs asked about, normalised, each once.
        requested: DOI to the text as it was typed, where they differ.
        sources: the sources that were enabled.
        finished_at: None while the run goes on, or was cut short.
        command: what began it; a `nightly` run asks only where something moved.
        asked: DOI to the sources that were asked about it, each with the reason (see
            `schemas.night`); a DOI that is not in it was asked of all of them.
        owed: source to the DOIs that it should have been asked about, had its budget
            been larger; the next night begins with them.
        plan: of a night, in numbers.
        is_planned: False while a night still finds out what has moved; `dois`, `asked`
            and `owed` are then not known yet.
    """

    run_id: str
    started_at: AwareDatetime
    finished_at: AwareDatetime | None = None
    dois: tuple[str, ...]
    requested: dict[str, str] = Field(default_factory=dict)
    sources: tuple[str, ...]
    version: str
    command: RunCommand = "refresh"
    asked: dict[str, dict[str, str]] = Field(default_factory=dict)
    owed: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    plan: NightPlan | None = None
    is_planned: bool = True

    def sources_of(self, doi: str) -> tuple[str, ...]:
        """The sources that were asked about one of the DOIs."""
        return tuple(self.asked[doi]) if doi in self.asked else self.sources


def run_id_at(moment: datetime, salt: str) -> str:
    """The id of a run that starts at a moment: sortable by time, unique by salt."""
    return f"{moment:%Y%m%dT%H%M%S.%f}Z-{salt}"
