"""The full text of a work, as a source that holds it open gives it."""

from pydantic import BaseModel, ConfigDict, Field


class FullTextRecord(BaseModel):
    """An article that was received whole; its text stays in the archive.

    Attributes:
        index: position in the answer, from 0.
        record_key: what the source calls the article, ``pmcid:PMC1``.
        tokens: the identifiers that the article gives itself, strongest first; empty
            where it gives none.
        article_type: JATS ``article-type``, such as ``research-article``; None: not
            said.
        language: as the article says, such as ``en``; None: not said.
        licence: URL of its licence, or its name; None: it states none.
        reference_count: entries in its lists of references.
        citation_count: in-text citations that reach one of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: int = 0
    record_key: str
    tokens: tuple[str, ...] = ()
    article_type: str | None = None
    language: str | None = None
    licence: str | None = None
    reference_count: int = Field(ge=0)
    citation_count: int = Field(ge=0)
