"""A record in the source's own words, found in the archived answer that held it."""

import json
from pathlib import Path
from typing import Any, Final

from pipeline.archive import Archive
from pipeline.errors import WarehouseError
from schemas.trace import EdgeTrace, TracedRecord

_ITEMS: Final[tuple[tuple[str, ...], ...]] = (
    ("results",),  # OpenAlex
    ("message", "items"),  # Crossref, lists
    ("message",),  # Crossref, one work
    ("resultList", "result"),  # Europe PMC, search
    ("citationList", "citation"),  # Europe PMC, who cites
    ("referenceList", "reference"),  # Europe PMC, what is cited
    ("data",),  # DataCite, Semantic Scholar
    ("records",),  # the id converter of NCBI
)
"""Where the records of an answer stand, by the path of names that lead there."""


def with_raw_records(home: Path, trace: EdgeTrace) -> EdgeTrace:
    """The trace with each record as its source wrote it, from the archive.

    Raises:
        WarehouseError: the archive lacks an answer, or is damaged.
    """
    archive = Archive(home)
    records = tuple(
        record.model_copy(update={"raw": _raw(archive, record)})
        for record in trace.records
    )
    return trace.model_copy(update={"records": records})


def _raw(archive: Archive, record: TracedRecord) -> Any:  # noqa: ANN401 - JSON
    answer = record.answer
    raw = archive.find(answer.run_id, answer.source, answer.request_key)
    if raw is None or raw.sha256 != answer.raw_sha256:
        raise WarehouseError(
            f"trace: the archive does not hold answer {answer.raw_sha256[:12]} of run "
            f"{answer.run_id}; restore the archive from a backup"
        )
    return item_at(raw.body, record.record_index)


def item_at(body: bytes, index: int) -> Any:  # noqa: ANN401 - JSON
    """The item at a position of an answer; the answer as text if it is no JSON."""
    try:
        content = json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
    for path in ((), *_ITEMS):
        found = _at(content, path)
        if isinstance(found, list):
            return found[index] if index < len(found) else found
    return _at(content, ("message",)) or _at(content, ("data",)) or content


def _at(content: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON
    for name in path:
        if not isinstance(content, dict):
            return None
        content = content.get(name)
    return content
