"""Everything that the report of one cited work shows."""

from collections.abc import Mapping

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.citing_side import (
    CitingCounts,
    CitingWork,
    CitingWorksOfYear,
    ReportedStatement,
    SectionCount,
    StatementsOfYear,
    YearTypeCount,
)
from schemas.history import ChangeKind
from schemas.report import SourceCount, State
from schemas.slice import Facet, SliceCounts, View


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


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


class ReportedAbstract(_Frozen):
    """The abstract of the work, which its licence lets anyone show.

    Attributes:
        text: plain; an empty line between paragraphs.
        source: that gives it.
        licence: of the work, as given.
    """

    text: str
    source: str
    licence: str


class LedgerLine(_Frozen):
    """What explains the number that a source declares.

    declared_count is stored_count, the causes and unexplained_count together. A row of
    `mart.ledger`, of the newest run that asked the source; None: not known.
    """

    source: str
    run_id: str
    declared_count: int | None = None
    stored_count: int | None = None
    no_identifier: int | None = None
    duplicate: int | None = None
    merged_version: int | None = None
    out_of_reach: int | None = None
    withdrawn: int | None = None
    not_yet_indexed: int | None = None
    failed: int | None = None
    unexplained_count: int | None = None


class ReportedChange(_Frozen):
    """A row of `history.change` about the work, with the name of the citing work.

    Attributes:
        citing_work_id: None: it is about the cited work itself.
        field: that has another value; of a notice its type; of a statement: stance.
        statement_id: of a statement; None: it is about none.
        source: who says so; None: several, or nobody.
    """

    publication_no: int
    published_at: AwareDatetime
    kind: ChangeKind
    reason: str
    is_back_fill: bool
    citing_work_id: str | None = None
    citing_doi: str | None = None
    citing_title: str | None = None
    field: str | None = None
    before_value: str | None = None
    after_value: str | None = None
    statement_id: str | None = None
    source: str | None = None
    run_id: str | None = None


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
        abstract: None: none is known, or it may not be shown.
        abstract_withheld: one is known, but no licence that lets anyone show it.
        state: of the citing side: `known` if some source listed all citing works.
        counts: of the whole work; all None unless the state is `known`.
        retracted_citing_work_count: of the citing works, those that some source calls
            retracted.
        reviewed_statement_count: statements whose stance is that of a person; None
            unless the state is `known`.
        statement_count: sentences of open full texts that cite the work.
        mention_count: how often they do so.
        full_text_citing_work_count: citing works whose open full text was read: the
            population of the statements. All three None unless the state is `known`.
        retracted_supporting_statement_count: of the supporting statements, those of
            citing works that some source calls retracted; the others likewise.
        stated_citing_work_count: those of them with a statement.
        by_section: in the order of an article; sections with statements only.
        view: what of the citing side is shown in the fields that follow.
        slice_counts: how much is in the slice; None unless the state is `known`.
        facets: of the slice; empty unless the state is `known`.
        citing_works: those of the page, in its order.
        statements: those of the slice in these works, in the same order, then in the
            order of the text.
        works_by_year: of the slice, for a chart; likewise `statements_by_year`.
        reference_count: as declared; `references` holds those that could be identified.
        by_year_and_type: ordered by year (not known last), then type.
        sources: by name, what each said when it was last asked.
        ledger: by name of the source, how what it declares is explained.
        recent_changes: the newest 20, the newest first; empty, too, as long as there is
            one publication only.
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
    abstract: ReportedAbstract | None = None
    abstract_withheld: bool = False
    notices: tuple[ReportedNotice, ...] = ()
    state: State
    counts: CitingCounts = CitingCounts()
    retracted_citing_work_count: int | None = None
    reviewed_statement_count: int | None = None
    statement_count: int | None = None
    mention_count: int | None = None
    retracted_supporting_statement_count: int | None = None
    retracted_mentioning_statement_count: int | None = None
    retracted_contrasting_statement_count: int | None = None
    full_text_citing_work_count: int | None = None
    stated_citing_work_count: int | None = None
    by_section: tuple[SectionCount, ...] = ()
    view: View = View()
    slice_counts: SliceCounts | None = None
    facets: tuple[Facet, ...] = ()
    citing_works: tuple[CitingWork, ...] = ()
    statements: tuple[ReportedStatement, ...] = ()
    works_by_year: tuple[CitingWorksOfYear, ...] = ()
    statements_by_year: tuple[StatementsOfYear, ...] = ()
    reference_count: int | None = None
    by_year_and_type: tuple[YearTypeCount, ...] = ()
    sources: Mapping[str, SourceCount] = Field(default_factory=dict)
    ledger: tuple[LedgerLine, ...] = ()
    recent_changes: tuple[ReportedChange, ...] = ()
    references: tuple[ReportedReference, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    as_of: AsOf | None = None
