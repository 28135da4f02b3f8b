"""Which citing works are worth asking a source about, and whose text worth fetching."""

from collections.abc import Sequence
from typing import TypeAlias

from pipeline.found import FoundWorks
from pipeline.sources.base import CitingWork, Plan, Source
from warehouse.full_texts import HeldTexts

Asked: TypeAlias = dict[str, set[object]]
"""By source, the citing works that it was asked about: their DOIs, or all identifiers
of those without."""


def worth_describing(
    source: Source, works: Sequence[CitingWork], asked: Asked
) -> list[CitingWork]:
    """The works worth asking the source about, and notes that it was asked."""
    if source.is_last_resort:
        open_ = [work for work in works if not work.described_by]
    else:
        open_ = [work for work in works if source.name not in work.described_by]
    before = asked.setdefault(source.name, set())
    new = [work for work in open_ if (work.doi or work.tokens) not in before]
    before.update(work.doi or work.tokens for work in new)
    return new


def worth_reading(
    source: Source, found: FoundWorks, held: HeldTexts | None, dois: Sequence[str]
) -> Plan | None:
    """The plan that fetches open texts of citing works; None: there are none to fetch.

    Args:
        source: that may have them.
        found: what the sources have told in this run.
        held: what the warehouse has; None: there is none.
        dois: the cited works, whose citing works of earlier runs count, too.
    """
    if source.requests_for_full_text is None:
        return None
    told = found.open_texts().get(source.name, {})
    known = held.of(dois).get(source.name, {}) if held else {}
    texts = known | told
    due = held.due(source.name, texts) if held else sorted(texts)
    return source.requests_for_full_text(due) if due else None
