"""From a number back to what it was made of: rows, raw answers, requests, runs."""

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.report import State


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TracedWork(_Frozen):
    """A work and the values by which it counts; None: not known."""

    work_id: str
    doi: str | None
    title: str | None
    published_year: int | None
    publication_type: str | None
    is_retracted: bool | None
    version_group_id: str | None


class TracedAnswer(_Frozen):
    """One answer of a source; columns as in `core.fetch`.

    Attributes:
        verdict: of the certificate of its list; None: it is not part of a list.
    """

    source: str
    run_id: str
    request_key: str
    role: str
    chain: str
    page: int
    url: str
    http_status: int | None
    outcome: str
    fetched_at: AwareDatetime
    attempts: int
    received: int
    raw_sha256: str
    verdict: str | None = None


class TracedSource(_Frozen):
    """What a source said when it was last asked, and how its number adds up.

    Attributes:
        declared_count: = stored_count + the causes that follow + unexplained_count.
        answers: that speak for the cited work, by role, chain and page.
    """

    source: str
    run_id: str
    state: State
    cause: str | None
    declared_count: int | None
    stored_count: int | None
    no_identifier: int | None
    duplicate: int | None
    merged_version: int | None
    out_of_reach: int | None
    withdrawn: int | None
    not_yet_indexed: int | None
    failed: int | None
    unexplained_count: int | None
    answers: tuple[TracedAnswer, ...] = ()


class TracedCiting(_Frozen):
    """A citing work as it counts; is_self_citation None: not known."""

    citing_work_id: str
    title: str | None
    citing_year: int | None
    publication_type: str | None
    is_self_citation: bool | None
    sources: tuple[str, ...]


class CountTrace(_Frozen):
    """The number of citing works of a cited work, taken apart.

    Attributes:
        citing_work_count: None unless the state is known.
        citing: the rows that were counted, newest first.
        sources: by name.
    """

    work: TracedWork
    cited_doi: str
    state: State
    citing_work_count: int | None
    citing: tuple[TracedCiting, ...]
    sources: tuple[TracedSource, ...]


class TracedRecord(_Frozen):
    """A record that says that one work cites another, where it was last received.

    Attributes:
        record_index: its position in the answer, from 0.
        is_loop: both ends are one work or versions of one work.
        withdrawn_in_run_id: since when the source no longer gives it; None: it does.
        raw: the record in the source's own words; None unless it was asked for.
    """

    source: str
    record_key: str
    record_index: int
    is_loop: bool
    first_seen: AwareDatetime
    last_seen: AwareDatetime
    withdrawn_in_run_id: str | None
    answer: TracedAnswer
    raw: Any = None


class Provenance(_Frozen):
    """The record that decided a field of a work."""

    field: str
    source: str
    record_key: str


class TracedConflict(_Frozen):
    """Two identifiers that a record puts together and that were kept apart."""

    token_a: str
    token_b: str
    source: str
    record_key: str
    reason: str


class EdgeTrace(_Frozen):
    """One citation, taken apart; or why there is none.

    Attributes:
        is_counted: it is a row of `core.citation`.
        why: in one sentence, why it counts or does not.
        self_citation_method: ``orcid``, ``author_id`` or ``name``.
        shared_authors: what the bylines have in common: ORCIDs, author ids or names.
        provenance: which records decided the year, the type and the authors.
    """

    cited: TracedWork
    citing: TracedWork
    is_counted: bool
    why: str
    is_self_citation: bool | None
    self_citation_method: str | None
    shared_authors: tuple[str, ...]
    provenance: tuple[Provenance, ...]
    records: tuple[TracedRecord, ...]
    conflicts: tuple[TracedConflict, ...]
