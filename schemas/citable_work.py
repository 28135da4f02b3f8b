"""A work with what a list of references needs to name it."""

from pydantic import BaseModel, ConfigDict

from schemas.publication_type import PublicationType


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CitableAuthor(_Frozen):
    """One author; family and given are None where only the whole name is known."""

    name: str
    family: str | None = None
    given: str | None = None
    orcid: str | None = None


class CitableWork(_Frozen):
    """A row of `core.work` with its byline; None: not known.

    Attributes:
        work_id: the strongest identifier with its scheme; all that is sure to be there.
        published_date: ISO 8601, as precise as known.
        pmid, pmcid, arxiv: of several the first in the order of their text.
        author_count: None though there are authors: the byline was shortened.
        authors: in the order of the byline; empty: none is known.
    """

    work_id: str
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    arxiv: str | None = None
    title: str | None = None
    publication_type: PublicationType | None = None
    published_date: str | None = None
    container_title: str | None = None
    issn_l: str | None = None
    publisher: str | None = None
    language: str | None = None
    is_retracted: bool | None = None
    author_count: int | None = None
    authors: tuple[CitableAuthor, ...] = ()
