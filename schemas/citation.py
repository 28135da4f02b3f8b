"""What one source says of one citation."""

from pydantic import BaseModel, ConfigDict, Field


class CitationRecord(BaseModel):
    """One citation that a source lists as a record of its own (an OpenCitations OCI).

    Sources that list whole works say who cites whom in `WorkRecord.references`.

    Attributes:
        index: position in the answer, from 0.
        record_key: what the source calls it, ``oci:0601-0602``.
        citing_tokens, cited_tokens: all identifiers on each side, strongest first.
        created: when the citing work appeared, as the source writes it.
        timespan: between the two dates, ISO 8601 duration as the source writes it.
        author_self_citation, journal_self_citation: the source's own flags, kept as
            evidence only: they also say yes where author data is missing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: int
    record_key: str
    citing_tokens: tuple[str, ...] = Field(min_length=1)
    cited_tokens: tuple[str, ...] = Field(min_length=1)
    created: str | None = None
    timespan: str | None = None
    author_self_citation: bool | None = None
    journal_self_citation: bool | None = None
