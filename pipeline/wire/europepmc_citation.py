"""An item of Europe PMC's lists of citations and references, and as a record.

Source: https://europepmc.org/RestfulWebService, read 2026-11-22. The items carry an id
and the source of the id, and only references may carry a DOI. Whose list it is stands
in the answer's ``request``.
"""

from collections.abc import Sequence
from typing import Literal

from pydantic import AliasChoices, Field

from pipeline.wire.europepmc import name_tokens
from pipeline.wire.europepmc_shape import WireName, WireText
from pipeline.wire.text import plain_text
from schemas.citation import CitationRecord
from schemas.provenance import Absent

Side = Literal["citing", "cited"]


class WireItem(WireName):
    """One item: the other work. References that were not matched have no id."""

    doi: WireText = Field(default=None, validation_alias=AliasChoices("doi", "DOI"))


def citation_record(
    index: int, wire: WireItem, listed: Side, asked: Sequence[str]
) -> CitationRecord | Absent:
    """A citation; absent if the listed work has no identifier.

    Args:
        index: position in the answer, from 0.
        wire: the item as sent.
        listed: the side on which the listed works stand.
        asked: tokens of the work whose list it is; empty where nobody knows.
    """
    tokens = name_tokens(wire)
    if not tokens:
        subject = plain_text(wire.title) or "an item without title"
        return Absent(index=index, subject=subject, cause="no identifier")
    citing, cited = (tokens, asked) if listed == "citing" else (asked, tokens)
    return CitationRecord(
        index=index,
        record_key=f"{_key(citing)}>{_key(cited)}",
        citing_tokens=tuple(citing),
        cited_tokens=tuple(cited),
    )


def _key(tokens: Sequence[str]) -> str:
    """The record's own name, so that both lists give an edge the same key."""
    own = next((name for name in tokens if name.startswith("epmc:")), None)
    return own or (tokens[0] if tokens else "")
