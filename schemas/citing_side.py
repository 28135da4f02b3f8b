"""The citing side of a report: its counts, its works, and what they say."""

from pydantic import BaseModel, ConfigDict

from schemas.stance import DecidedBy, Stance
from schemas.statement import Location, SectionKind


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


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


class SectionCount(_Frozen):
    """A row of `mart.citations_by_section`."""

    section: SectionKind
    citing_work_count: int
    statement_count: int
    mention_count: int
    supporting_statement_count: int | None = None
    mentioning_statement_count: int | None = None
    contrasting_statement_count: int | None = None
    unclassified_statement_count: int | None = None


class ReportedStatement(_Frozen):
    """A sentence that cites a work, and the work that it stands in.

    Columns as in `core.citation_statement` and `core.statement_stance`; those of the
    citing work are None where no source says.
    """

    statement_id: str
    cited_work_id: str
    cited_doi: str | None = None
    citing_work_id: str
    citing_doi: str | None = None
    citing_title: str | None = None
    citing_year: int | None = None
    citing_publication_type: str | None = None
    citing_is_retracted: bool | None = None
    text: str
    before: str | None = None
    after: str | None = None
    section_title: str | None = None
    section: SectionKind
    location: Location
    markers: tuple[str, ...]
    mention_count: int
    source: str
    licence: str | None = None
    stance: Stance | None = None
    confidence: float | None = None
    decided_by: DecidedBy = "classifier"
    is_disputed: bool = False
    reviewers: tuple[str, ...] = ()
    model_stance: Stance | None = None


class CitingWork(_Frozen):
    """A citing work on the page; columns as in `core.work`.

    Attributes:
        authors: names in the order of the byline; None: no source named any.
        is_self_citation: whether the two share an author; None: not known.
        statement_count: its statements in the slice.
        sources: by name, those that say that it cites the work.
    """

    work_id: str
    doi: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    container_title: str | None = None
    published_date: str | None = None
    published_year: int | None = None
    publication_type: str | None = None
    is_retracted: bool | None = None
    oa_url: str | None = None
    cited_by_count: int | None = None
    is_self_citation: bool | None = None
    statement_count: int
    sources: tuple[str, ...] = ()


class CitingWorksOfYear(_Frozen):
    """Citing works of the slice by year and type; citing_year None: not known."""

    citing_year: int | None
    publication_type: str
    citing_work_count: int


class StatementsOfYear(_Frozen):
    """Statements of the slice; citing_year None: not known."""

    citing_year: int | None
    section: SectionKind
    stance: Stance
    statement_count: int
