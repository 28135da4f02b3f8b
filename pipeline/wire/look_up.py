"""Answers to "has anything moved?": the same lists as elsewhere, with fewer fields.

What is read as works becomes signs of change: the number of citing works, and when the
source last changed its record. Nothing of it describes a work.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.sources.base import ParseContext
from schemas.identifiers import split_token
from schemas.provenance import LookUpRecord, Parsed
from schemas.work import WorkRecord

LOOK_UP: Final = "look-up"
"""Endpoint of the first such question about some works, in every source."""


def is_look_up(context: ParseContext) -> bool:
    """Whether an answer is one to such a question."""
    return (context.endpoint or "").startswith(LOOK_UP)


def look_ups(
    parsed: Parsed, context: ParseContext, changed_at: Mapping[int, object]
) -> Parsed:
    """The same answer with a sign of change in the place of each work.

    Args:
        parsed: with works; rejects and absent items stay as they are.
        context: whose subjects are the DOIs asked about.
        changed_at: place of an item to when its record was changed.
    """
    asked = frozenset(context.subjects)
    found = tuple(
        LookUpRecord(
            index=work.index,
            record_key=work.record_key,
            doi=_answered(work, asked),
            declared_count=work.cited_by_count,
            changed_at=_text(changed_at.get(work.index)),
        )
        for work in parsed.works
    )
    return parsed.model_copy(
        update={"kind": "look-ups", "works": (), "look_ups": found}
    )


def objects(items: object) -> Sequence[Mapping[str, object]]:
    """The items of a list, an empty object in the place of what is none."""
    found = items if isinstance(items, list) else []
    return [item if isinstance(item, dict) else {} for item in found]


def _answered(work: WorkRecord, asked: frozenset[str]) -> str | None:
    linked = [link.token for link in work.version_links]
    for name in (*work.tokens, *work.aliases, *linked):
        scheme, value = split_token(name)
        if scheme == "doi" and value in asked:
            return value
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
