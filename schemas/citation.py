"""What one source says of one citation."""

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator


class CitationContext(BaseModel):
    """A passage around an in-text citation, as a source cut it out.

    Third-party text: kept private, never exported and never counted as a statement.

    Attributes:
        intents: why it cites, in the source's words (``background``, ``methodology``,
            ``result``); empty where the source does not say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    intents: tuple[str, ...] = ()


class CitationRecord(BaseModel):
    """One citation that a source lists as a record of its own (an OpenCitations OCI).

    Sources that list whole works say who cites whom in `WorkRecord.references`.

    Attributes:
        index: position in the answer, from 0.
        record_key: what the source calls it, ``oci:0601-0602``.
        citing_tokens, cited_tokens: all identifiers on each side, strongest first.
            One side is empty where the answer stands alone and names only the other;
            of that no edge can be made.
        created: when the citing work appeared, as the source writes it.
        timespan: between the two dates, ISO 8601 duration as the source writes it.
        contexts: passages that cite, private; empty where the source gives none.
        intents: why the work is cited, over all passages, in the source's words.
        is_influential: the source's own judgement; None where it has none.
        author_self_citation, journal_self_citation: the source's own flags, kept as
            evidence only: they also say yes where author data is missing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: int
    record_key: str
    citing_tokens: tuple[str, ...]
    cited_tokens: tuple[str, ...]
    created: str | None = None
    timespan: str | None = None
    author_self_citation: bool | None = None
    journal_self_citation: bool | None = None
    contexts: tuple[CitationContext, ...] = ()
    intents: tuple[str, ...] = ()
    is_influential: bool | None = None

    @model_validator(mode="after")
    def _names_a_work(self) -> Self:
        if not self.citing_tokens and not self.cited_tokens:
            raise ValueError("neither side has an identifier")
        return self
