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
    "fetch", "load", "match", "merge", "aggregate", "check", "publish"
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


class CitingCounts(_Frozen):
    """The citing side of a cited work, counted.

    Attributes:
        citing_work_count: distinct citing works, each version counted; the sum of the
            self-citing, the independent and the unknown.
        citing_group_count: the same with versions of a work counted once.
    """

    citing_work_count: int | None = None
    citing_group_count: int | None = None
    self_citing_work_count: int | None = None
    independent_citing_work_count: int | None = None
    unknown_relationship_work_count: int | None = None
    supporting_statement_count: int | None = None
    mentioning_statement_count: int | None = None
    contrasting_statement_count: int | None = None
    unclassified_statement_count: int | None = None


class YearTypeCount(CitingCounts):
    """A row of `mart.citations_by_year_and_type`; citing_year None: not known."""

    citing_year: int | None
    publication_type: str


class ReportedNotice(_Frozen):
    """An editorial notice on the work: a retraction, a correction, a concern."""

    type: str
    notice_doi: str | None = None
    notice_date: str | None = None
    asserted_by: str | None = None
    source: str
    sources: tuple[str, ...] = ()


class ReportedReference(_Frozen):
    """A work that the reported work cites, as far as it is known."""

    work_id: str
    doi: str | None = None
    title: str | None = None
    published_year: int | None = None


class Identifier(_Frozen):
    """A name of the work in one scheme."""

    scheme: str
    value: str


class AsOf(_Frozen):
    """The run whose published result a report was read from."""

    run_id: str
    finished_at: AwareDatetime | None = None


class CitedReport(_Frozen):
    """All that the report of one cited work shows.

    Attributes:
        doi: as the warehouse holds it; `asked_as` is what the reader asked for, which
            may be another DOI of the same work.
        authors: names in the order of the byline; None: no source named any.
        state: of the citing side: `known` if some source listed all citing works.
        counts: of the whole work; all None unless the state is `known`.
        retracted_citing_work_count: of the citing works, those that some source calls
            retracted.
        reference_count: as declared; `references` holds those that could be identified.
        by_year_and_type: ordered by year (not known last), then type.
        sources: by name, what each said when it was last asked.
        as_of: the newest run in the warehouse; None if there is none.
    """

    doi: str
    asked_as: str
    requested_as: str
    work_id: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    container_title: str | None = None
    publisher: str | None = None
    published_date: str | None = None
    published_year: int | None = None
    publication_type: str | None = None
    is_retracted: bool | None = None
    oa_url: str | None = None
    licence: str | None = None
    notices: tuple[ReportedNotice, ...] = ()
    state: State
    counts: CitingCounts = CitingCounts()
    retracted_citing_work_count: int | None = None
    statement_count: int | None = None
    reference_count: int | None = None
    by_year_and_type: tuple[YearTypeCount, ...] = ()
    sources: Mapping[str, SourceCount] = Field(default_factory=dict)
    references: tuple[ReportedReference, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    as_of: AsOf | None = None
