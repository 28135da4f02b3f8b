"""An item of Semantic Scholar's lists of citations and references, and as a record.

Source: https://api.semanticscholar.org/api-docs/graph, read 2026-11-22. Both lists have
items of one shape; the other paper stands in ``citingPaper`` or ``citedPaper``, and the
paper that was asked about is named in the question alone.
"""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.wire.semanticscholar import WireName, paper_tokens
from pipeline.wire.text import plain_text
from schemas.citation import CitationContext, CitationRecord
from schemas.provenance import Absent

Side = Literal["citing", "cited"]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class _Context(_Wire):
    context: str | None = None
    intents: list[str | None] | None = None


class WireCitation(_Wire):
    """One item: the other paper, and how the citing one speaks of the cited one."""

    citing_paper: WireName | None = Field(default=None, alias="citingPaper")
    cited_paper: WireName | None = Field(default=None, alias="citedPaper")
    contexts: list[str | None] | None = None
    contexts_with_intent: list[_Context | None] | None = Field(
        default=None, alias="contextsWithIntent"
    )
    intents: list[str | None] | None = None
    is_influential: bool | None = Field(default=None, alias="isInfluential")


def citation_record(
    index: int, wire: WireCitation, listed: Side, asked: Sequence[str] = ()
) -> CitationRecord | Absent:
    """A citation; absent if the listed paper has no identifier.

    Args:
        index: position in the answer, from 0.
        wire: the item as sent.
        listed: the side on which the listed papers stand.
        asked: tokens of the paper whose list it is; empty where nobody knows.

    Raises:
        ValueError: the item has no paper, or no identifier of it can be read.
    """
    other = wire.citing_paper if listed == "citing" else wire.cited_paper
    if other is None:
        raise ValueError(f"{listed}Paper: missing")
    tokens = paper_tokens(other)
    if not tokens:
        subject = plain_text(other.title) or "a paper without title"
        return Absent(index=index, subject=subject, cause="no identifier")
    name = _own_name(tokens)
    own = _own_name(asked) if asked else "?"
    key = f"{name}>{own}" if listed == "citing" else f"{own}>{name}"
    return CitationRecord(
        index=index,
        record_key=key,
        citing_tokens=tokens if listed == "citing" else tuple(asked),
        cited_tokens=tuple(asked) if listed == "citing" else tokens,
        contexts=_contexts(wire),
        intents=_words(wire.intents),
        is_influential=wire.is_influential,
    )


def _own_name(tokens: Sequence[str]) -> str:
    return next((name for name in tokens if name.startswith("s2:")), tokens[0])


def _contexts(wire: WireCitation) -> tuple[CitationContext, ...]:
    """Each passage once, in the order sent; those with intents come first."""
    found: dict[str, tuple[str, ...]] = {}
    for each in wire.contexts_with_intent or ():
        if each and (text := plain_text(each.context)):
            found[text] = _words([*found.get(text, ()), *(each.intents or ())])
    for raw in wire.contexts or ():
        if text := plain_text(raw):
            found.setdefault(text, ())
    return tuple(CitationContext(text=t, intents=i) for t, i in found.items())


def _words(words: Sequence[str | None] | None) -> tuple[str, ...]:
    return tuple(sorted({word for word in words or () if word}))
