"""What a run tells its caller: progress while it goes on, a report at its end.

Everywhere in this file None means "not known" and 0 means that somebody counted none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.night import NightPlan
from schemas.provenance import RecordError

Stage: TypeAlias = Literal[
    "fetch",
    "load",
    "match",
    "merge",
    "aggregate",
    "extract",
    "classify",
    "check",
    "publish",
]

State: TypeAlias = Literal["known", "not_indexed", "failed"]
"""What a source could say of a cited DOI. `known`: it answered and its list is whole;
`not_indexed`: it answered that it does not have the work; `failed`: it did not answer
fully, so its numbers say nothing."""

EXIT_DONE: Final = 0
EXIT_INCOMPLETE: Final = 3
MAX_REJECTS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come.

    Attributes:
        done: units finished; the unit is the stage's own (requests, batches, models).
        total: units in all as far as known now, may grow; None: not known.
        detail: what is being done, a few words.
    """

    stage: Stage
    done: int
    total: int | None = None
    detail: str = ""


class Observer(Protocol):
    """Whoever wants to know how far a run has come; may be called from any thread."""

    def __call__(self, event: Progress, /) -> None:
        """Takes note of the event; must be quick and must not raise."""
        ...


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceCount(_Frozen):
    """What one source says of the works that cite one DOI.

    Attributes:
        declared_count: how many there are, as the source declares it.
        stored_count: how many of them are in the warehouse, each version counted.
        cause: why the state is `failed`, or what else there is to say.
    """

    state: State
    declared_count: int | None = None
    stored_count: int | None = None
    cause: str | None = None


class SourceSummary(_Frozen):
    """One source in one run.

    Attributes:
        title: its name for people, such as ``OpenAlex``.
        asked: cited DOIs that it was asked about = known + not_indexed + failed.
        received: records in its answers = loaded + duplicate + rejected + absent.
        retries: attempts beyond the first of each request.
        received_bytes: of all bodies.
        stopped_reason: why it was not asked further in this run; None if it was.
    """

    source: str
    title: str
    asked: int = 0
    known: int = 0
    not_indexed: int = 0
    failed: int = 0
    received: int = 0
    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    absent: int = 0
    requests: int = 0
    retries: int = 0
    received_bytes: int = 0
    stopped_reason: str | None = None


class CitedSummary(_Frozen):
    """One cited DOI in one run.

    Attributes:
        requested_as: as it was typed; equals `cited_doi` where nothing was changed.
        citing_work_count: distinct citing works, each version counted.
        citing_group_count: the same with versions of a work counted once.
        sources: by name, the sources that were asked about it.
    """

    cited_doi: str
    requested_as: str
    title: str | None = None
    state: State
    citing_work_count: int | None = None
    citing_group_count: int | None = None
    sources: Mapping[str, SourceCount] = Field(default_factory=dict)


class RejectSample(_Frozen):
    """One rejected record and where its bytes are; columns as in `core.reject`."""

    source: str
    request_key: str
    record_index: int
    errors: tuple[RecordError, ...]
    raw_sha256: str


class RejectCount(_Frozen):
    """How many records of a source were rejected with the same first reason."""

    source: str
    reason: str
    record_count: int


class RunReport(_Frozen):
    """What a run did, for the terminal, for `--json` and for a flow's artifact.

    Attributes:
        state: `complete` if every source answered for every DOI it was asked about.
        published_path: the published warehouse; None if nothing was published.
        sources: in the order of their names.
        cited: in the order asked.
        full_texts: by outcome as in `core.full_text`, the texts that it asked for.
        full_text_citations: by outcome as in `core.full_text_citation`, what came of
            looking for watched works in the texts that it has fetched.
        rejects: the first of them, at most `MAX_REJECTS_SHOWN`.
        reject_counts: all of them, most frequent first.
        warnings: sentences for a person.
        expectations_broken: what a healthy run does not look like, sentences.
        plan: of a night: what was asked and why; None: of any other run.
    """

    run_id: str
    started_at: AwareDatetime
    finished_at: AwareDatetime
    state: Literal["complete", "incomplete"]
    home: Path
    published_path: Path | None = None
    sources: tuple[SourceSummary, ...] = ()
    cited: tuple[CitedSummary, ...] = ()
    full_texts: Mapping[str, int] = Field(default_factory=dict)
    full_text_citations: Mapping[str, int] = Field(default_factory=dict)
    rejects: tuple[RejectSample, ...] = ()
    reject_counts: tuple[RejectCount, ...] = ()
    warnings: tuple[str, ...] = ()
    expectations_broken: tuple[str, ...] = ()
    plan: NightPlan | None = None

    @property
    def exit_code(self) -> int:
        """0: done; 3: done, but something is missing or looks wrong."""
        whole = self.state == "complete" and not self.expectations_broken
        return EXIT_DONE if whole else EXIT_INCOMPLETE
